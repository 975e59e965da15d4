/** Tests of this package. */
@NullMarked
package io.vlink.gateway.openflow.mapping;

import org.jspecify.annotations.NullMarked;
