/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches;

import org.jspecify.annotations.NullMarked;
