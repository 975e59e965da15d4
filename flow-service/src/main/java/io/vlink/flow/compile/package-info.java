/** Compiles circuits to rules and meters for each switch. Pure: the same circuit always gives the same rules. */
@NullMarked
package io.vlink.flow.compile;

import org.jspecify.annotations.NullMarked;
