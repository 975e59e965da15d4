package io.vlink.events.paths;

import io.vlink.events.Reason;

/**
 * Reasons why path-service does not let an attachment hold an end, why it cannot be used yet, or what is wrong with it.
 */
public enum AttachmentReason implements Reason {
    /** Another attachment holds the end. */
    EndTaken,
    /** The network has no end at its node. */
    NodeIsNoEnd,
    /** Its node is not declared. */
    NodeUnknown,
    /** The switch has no port with the given name. */
    PortUnknown,
    /** Another attachment uses the port. */
    PortTaken,
    /** The port belongs to a link. */
    PortIsLink,
    /** Frames as large as its port sends do not fit the links of the path. */
    MtuTooLarge,
    /** The port is down. */
    PortDown,
    /** The port has carrier, but its monitoring (BFD, CFM, LACP) receives nothing from the other side. */
    PortNotLive,
    /** The port is set to no-forward: no frame leaves it. */
    NoForward,
    /** The port is set to no-receive: no frame enters it. */
    NoReceive,
    /** A spanning tree protocol keeps the port from forwarding. */
    StpBlocked,
    /** The port is the output of a mirror, and drops all frames that it receives. */
    MirrorOutput;

    private final String word = name();

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
