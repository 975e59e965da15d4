/** {@link Replay} runs events through one switch for the tests of the packages below. */
@NullMarked
package io.vlink.gateway.switches;

import org.jspecify.annotations.NullMarked;
