/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.entries;

import org.jspecify.annotations.NullMarked;
