/**
 * Keeps account of everything that only one circuit can have: labels, numbers, and the bandwidth of the links' wires.
 * No I/O, no clock, one thread.
 */
@NullMarked
package io.vlink.path.allocation;

import org.jspecify.annotations.NullMarked;
