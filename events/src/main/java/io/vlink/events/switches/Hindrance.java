package io.vlink.events.switches;

import io.vlink.events.reasons.Reason;
import io.vlink.events.schema.Known;

/**
 * An obstacle that keeps frames from passing where they should.
 *
 * @param reason one word in CamelCase, stable, for programs
 * @param message for people: what was found, and how to mend it
 */
public record Hindrance(@Known(HindranceReason.class) String reason, String message) {

    public Hindrance(Reason reason, String message) {
        this(reason.word(), message);
    }

    /** Whether it has this reason. */
    public boolean is(Reason asked) {
        return reason.equals(asked.word());
    }
}
