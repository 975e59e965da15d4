package io.vlink.gateway.switches.entries;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Table;
import org.jspecify.annotations.Nullable;

/** A rule key: table, priority and match, which identify a rule within a switch. */
public sealed interface RuleKey {

    /** A key in a table that Vlink uses, with a match as Vlink writes it. */
    record Parsed(Table table, int priority, Match match) implements RuleKey {

        private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

        /** Returns the same place in another table. */
        public Parsed in(Table other) {
            return other == table ? this : new Parsed(other, priority, match);
        }

        /** Compares as a record does, but avoids the method handles of the generated code: these are the most used map keys. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Parsed plain
                    && table == plain.table
                    && priority == plain.priority
                    && match.equals(plain.match);
        }

        /** Spreads keys that differ in small numbers only, as those of many labels on a few ports do. */
        @Override
        public int hashCode() {
            PortNumber inPort = match.inPort();
            Label label = match.label();
            long port = inPort == null ? 0 : inPort.value();
            long number = ((long) table.number() << 62)
                    ^ ((long) priority << 48)
                    ^ (port << 24)
                    ^ (label == null ? 0 : label.value());
            return (int) ((number * GOLDEN_RATIO) >>> 32);
        }
    }

    /**
     * Any other key. Its rule carries our mark, but Vlink does not write such rules: it can only be removed.
     *
     * @param text a description of the key; unique in the switch
     */
    record Opaque(String text) implements RuleKey {}

    /** Returns whether it is in the first table, where frames enter. */
    default boolean isInTheFirst() {
        return this instanceof Parsed plain && !plain.table().isBehindTheFirst();
    }

    /** Returns whether its rule matches every frame; networks have no such rules. */
    default boolean isForAll() {
        return this instanceof Parsed plain && plain.match() instanceof Match.All;
    }
}
