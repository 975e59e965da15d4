package io.vlink.events.links;

import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/** Reasons why the gateway reports a link as down. Another reason is a hindrance of the receiving port. */
public enum LinkStateReason implements Reason {
    /** The receiving switch has never connected. */
    SWITCH_UNKNOWN,
    /** The receiving switch has no such port. */
    PORT_UNKNOWN,
    /** The tunnel that the link needs could not be created. */
    TUNNEL_REFUSED;

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
