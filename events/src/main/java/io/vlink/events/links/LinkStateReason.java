package io.vlink.events.links;

import io.vlink.events.Reason;

/** Reasons why the gateway reports a link as down. Another reason is a hindrance of the receiving port. */
public enum LinkStateReason implements Reason {
    /** The receiving switch has never connected. */
    SwitchUnknown,
    /** The receiving switch has no such port. */
    PortUnknown,
    /** The tunnel that the link needs could not be created. */
    TunnelRefused;

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
