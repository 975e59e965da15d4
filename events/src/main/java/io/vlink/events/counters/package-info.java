/** Packet and byte counters of rules, as last read from the switch. */
@NullMarked
package io.vlink.events.counters;

import org.jspecify.annotations.NullMarked;
