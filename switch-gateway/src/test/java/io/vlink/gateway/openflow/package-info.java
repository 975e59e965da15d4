/** Tests of this package. */
@NullMarked
package io.vlink.gateway.openflow;

import org.jspecify.annotations.NullMarked;
