package io.vlink.events.paths;

import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/**
 * Reasons why an attachment does not hold an end, why it cannot be used yet, or what is wrong with it. Path-service finds
 * all of them, except that network-api shows when a network is unknown.
 */
public enum AttachmentReason implements Reason {
    /** Another attachment holds the end. */
    END_TAKEN,
    /** The network has no end at its node. */
    NODE_IS_NO_END,
    /** Its node is not declared. */
    NODE_UNKNOWN,
    /** The switch has no port with the given name. */
    PORT_UNKNOWN,
    /** Another attachment uses the port. */
    PORT_TAKEN,
    /** The port belongs to a link. */
    PORT_IS_LINK,
    /** Frames as large as its port sends do not fit the links of the path. */
    MTU_TOO_LARGE,
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
    MIRROR_OUTPUT,
    /** Its network is not declared. */
    NETWORK_UNKNOWN;

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
