package io.vlink.events.switches;

import io.vlink.events.Reason;

/** What the gateway sees that keeps frames from passing a port. */
public enum HindranceReason implements Reason {
    /** The port is down. */
    PortDown,
    /** The port has carrier, but what watches it (BFD, CFM, LACP) hears nobody on the other side. */
    PortNotLive,
    /** The port is set to no-forward: no frame leaves by it. */
    NoForward,
    /** The port is set to no-receive: no frame enters by it. */
    NoReceive,
    /** A spanning tree protocol keeps the port from forwarding. */
    StpBlocked,
    /** The port is the output of a mirror, and drops all that it receives. */
    MirrorOutput
}
