/**
 * Measures a running suite from outside, through its interfaces and topics, and compares it with the limits of the
 * machine.
 */
@NullMarked
package io.vlink.bench;

import org.jspecify.annotations.NullMarked;
