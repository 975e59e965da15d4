/**
 * What is wanted in each switch, what is in it, and what has to be sent so that both agree. Pure: events in, commands and
 * records out; no threads, no clock, no I/O.
 */
@NullMarked
package io.vlink.gateway.switches;

import org.jspecify.annotations.NullMarked;
