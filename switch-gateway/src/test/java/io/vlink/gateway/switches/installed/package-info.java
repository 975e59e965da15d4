/** Tests of this package. */
@NullMarked
package io.vlink.gateway.switches.installed;

import org.jspecify.annotations.NullMarked;
