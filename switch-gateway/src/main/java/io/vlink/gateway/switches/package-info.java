/**
 * The wanted and the installed contents of each switch, and the commands that make them agree; the classes are in the
 * packages below. Pure: events in, commands and records out; no threads, no clock, no I/O.
 */
@NullMarked
package io.vlink.gateway.switches;

import org.jspecify.annotations.NullMarked;
