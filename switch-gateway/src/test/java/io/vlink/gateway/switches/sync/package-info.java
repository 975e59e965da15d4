/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.sync;

import org.jspecify.annotations.NullMarked;
