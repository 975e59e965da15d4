/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.wanted;

import org.jspecify.annotations.NullMarked;
