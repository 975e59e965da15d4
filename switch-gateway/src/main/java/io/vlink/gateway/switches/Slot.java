package io.vlink.gateway.switches;

import io.vlink.events.rules.Match;

/** Where a rule stands in a switch: its identity. At most one rule stands in a slot. */
public sealed interface Slot {

    /** In table 0, with a match as Vlink writes it. */
    record Plain(int priority, Match match) implements Slot {}

    /**
     * Anywhere else. It bears our mark, but we would not write it like that: it can only be removed.
     *
     * @param text the slot in words; unique in the switch
     */
    record Strange(String text) implements Slot {}
}
