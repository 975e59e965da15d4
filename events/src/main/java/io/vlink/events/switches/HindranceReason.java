package io.vlink.events.switches;

import io.vlink.events.Reason;

/** Reasons why frames do not pass a port, as the gateway sees them. */
public enum HindranceReason implements Reason {
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
