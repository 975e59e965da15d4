package io.vlink.events.links;

import io.vlink.events.Reason;

/** Why the gateway says that a link is down; else it is what hinders the port that receives. */
public enum LinkStateReason implements Reason {
    /** The switch that receives has never connected. */
    SwitchUnknown,
    /** The switch that receives has no such port. */
    PortUnknown,
    /** The tunnel that the link needs could not be made. */
    TunnelRefused
}
