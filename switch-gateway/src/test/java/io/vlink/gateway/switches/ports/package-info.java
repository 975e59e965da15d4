/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.ports;

import org.jspecify.annotations.NullMarked;
