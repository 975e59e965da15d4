package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** The tables of a switch that Vlink uses, in the order in which frames pass them; in JSON their numbers. */
public enum Table {
    /** Says what a frame is. Frames come in here. */
    CLASSIFY(0),
    /** Takes what is for the gateway. */
    CONTROL(1),
    /** Carries what networks send. What no rule here is for is dropped. */
    FORWARDING(2);

    /** The first generation of internal records that knows tables behind the first, see docs/decisions/0029. */
    private static final int SINCE = 1;

    private static final Table[] ALL = values();

    private final int number;

    Table(int number) {
        this.number = number;
    }

    /** The table of a number; null: Vlink has none there. */
    public static @Nullable Table at(int number) {
        return number >= 0 && number < ALL.length ? ALL[number] : null;
    }

    /**
     * The table of a number.
     *
     * @throws IllegalArgumentException if Vlink has none there
     */
    @JsonCreator
    public static Table of(int number) {
        Table table = at(number);
        if (table == null) {
            throw new IllegalArgumentException(
                    "The table (%d) must be between 0 and %d.".formatted(number, ALL.length - 1));
        }
        return table;
    }

    /** Whether a suite whose internal records are written as a generation had them has rules in more tables than the first. */
    public static boolean areInUse(int generation) {
        return generation >= SINCE;
    }

    /** The one in which the rules of networks stand in a suite whose internal records are written as a generation had them. */
    public static Table ofNetworks(int generation) {
        return areInUse(generation) ? FORWARDING : CLASSIFY;
    }

    /** As OpenFlow knows it. */
    @JsonValue
    public int number() {
        return number;
    }

    /** Whether frames come here only if a rule of another table sends them. */
    public boolean isBehindTheFirst() {
        return this != CLASSIFY;
    }
}
