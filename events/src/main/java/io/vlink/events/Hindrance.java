package io.vlink.events;

import io.vlink.events.switches.HindranceReason;

/**
 * What keeps frames from passing a place where they should.
 *
 * @param reason one word in CamelCase, stable, for programs
 * @param message for people: what is there, and what would mend it
 */
public record Hindrance(@Known(HindranceReason.class) String reason, String message) {

    public Hindrance(Reason reason, String message) {
        this(reason.name(), message);
    }

    /** Whether it is for this reason. */
    public boolean is(Reason asked) {
        return reason.equals(asked.name());
    }
}
