package io.vlink.gateway.switches;

import io.vlink.events.Label;
import io.vlink.events.rules.Match;

/** Where a rule stands in a switch: its identity. At most one rule stands in a slot. */
public sealed interface Slot {

    /** In table 0, with a match as Vlink writes it. */
    record Plain(int priority, Match match) implements Slot {

        private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

        /** Spreads slots that differ in small numbers only, as those of many labels on a few ports do. */
        @Override
        public int hashCode() {
            Label label = match.label();
            long port = match.inPort().value();
            long number = ((long) priority << 48) ^ (port << 24) ^ (label == null ? 0 : label.value());
            return (int) ((number * GOLDEN_RATIO) >>> 32);
        }
    }

    /**
     * Anywhere else. It bears our mark, but we would not write it like that: it can only be removed.
     *
     * @param text the slot in words; unique in the switch
     */
    record Strange(String text) implements Slot {}
}
