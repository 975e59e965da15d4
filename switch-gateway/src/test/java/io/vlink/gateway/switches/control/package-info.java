/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.control;

import org.jspecify.annotations.NullMarked;
