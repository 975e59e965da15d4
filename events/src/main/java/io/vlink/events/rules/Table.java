package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** The tables of a switch that Vlink uses, in the order in which frames pass them; in JSON their numbers. */
public enum Table {
    /** Classifies frames. Frames enter here. */
    CLASSIFY(0),
    /** Takes the frames for the gateway. */
    CONTROL(1),
    /** Carries the traffic of networks. Frames without a matching rule here are dropped. */
    FORWARDING(2);

    /** The first generation of internal records with tables after the first, see docs/decisions/0029. */
    private static final int SINCE = 1;

    private static final Table[] ALL = values();

    private final int number;

    Table(int number) {
        this.number = number;
    }

    /** Returns the table with a number; null if Vlink uses none. */
    public static @Nullable Table at(int number) {
        return number >= 0 && number < ALL.length ? ALL[number] : null;
    }

    /**
     * Returns the table with a number.
     *
     * @throws IllegalArgumentException if Vlink uses no such table
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

    /** Whether a suite whose internal records have the form of a generation has rules in more than the first table. */
    public static boolean areInUse(int generation) {
        return generation >= SINCE;
    }

    /** Returns the table of networks' rules in a suite whose internal records have the form of a generation. */
    public static Table ofNetworks(int generation) {
        return areInUse(generation) ? FORWARDING : CLASSIFY;
    }

    /** The number in OpenFlow. */
    @JsonValue
    public int number() {
        return number;
    }

    /** Whether frames come here only by a rule of another table. */
    public boolean isBehindTheFirst() {
        return this != CLASSIFY;
    }
}
