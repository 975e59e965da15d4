package io.vlink.events.switches;

import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/** Reasons why frames do not pass a port, as the gateway sees them. */
public enum HindranceReason implements Reason {
    /** The port is down. */
    PORT_DOWN,
    /** The port has carrier, but its monitoring (BFD, CFM, LACP) receives nothing from the other side. */
    PORT_NOT_LIVE,
    /** The port is set to no-forward: no frame leaves it. */
    NO_FORWARD,
    /** The port is set to no-receive: no frame enters it. */
    NO_RECEIVE,
    /** A spanning tree protocol keeps the port from forwarding. */
    STP_BLOCKED,
    /** The port is the output of a mirror, and drops all frames that it receives. */
    MIRROR_OUTPUT;

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
