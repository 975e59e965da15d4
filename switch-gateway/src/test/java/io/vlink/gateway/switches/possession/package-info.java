/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.possession;

import org.jspecify.annotations.NullMarked;
