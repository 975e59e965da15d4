/** Tests of this package. */
@NullMarked
package io.vlink.gateway.links;

import org.jspecify.annotations.NullMarked;
