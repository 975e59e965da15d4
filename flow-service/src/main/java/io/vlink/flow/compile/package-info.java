/** From a circuit to the rules and meters in each switch. Pure: the same circuit always gives the same rules. */
@NullMarked
package io.vlink.flow.compile;

import org.jspecify.annotations.NullMarked;
