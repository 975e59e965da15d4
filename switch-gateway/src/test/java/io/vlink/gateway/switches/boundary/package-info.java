/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.boundary;

import org.jspecify.annotations.NullMarked;
