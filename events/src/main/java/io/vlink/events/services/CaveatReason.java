package io.vlink.events.services;

import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/** Reasons why the displayed conditions of a network differ from its recorded status: a service is away. */
public enum CaveatReason implements Reason {
    /** path-service is away: nothing is decided until it is back. */
    DECISIONS_DELAYED,
    /** flow-service is away: the switches are not updated until it is back, and the status may be out of date. */
    STATUSES_DELAYED;

    private final String word = Word.of(name());

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
