package io.vlink.events.switches;

import io.vlink.events.Reason;

/** Warnings of the gateway about a switch, although rules can be sent to it. */
public enum WarningReason implements Reason {
    /** Another switch with this datapath id tries to connect, or is connected to another gateway. */
    DuplicateDatapathId,
    /** Rules that are not Vlink's precede those of networks, and take their frames, or may do so. */
    ForeignRules,
    /** Mirrors copy frames to other ports of the bridge. */
    Mirrors,
    /** The node's OVSDB cannot be queried. */
    OvsdbUnknown;

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
