package io.vlink.events.switches;

import io.vlink.events.Reason;

/** What the gateway wants an operator to look at, though rules can be sent to the switch. */
public enum WarningReason implements Reason {
    /** Another switch with this datapath id tries to connect, or is connected to another gateway. */
    DuplicateDatapathId,
    /** Rules that are not Vlink's stand over those of networks, and take their frames, or may. */
    ForeignRules,
    /** Mirrors copy frames to other ports of the bridge. */
    Mirrors,
    /** The node's OVSDB cannot be asked. */
    OvsdbUnknown
}
