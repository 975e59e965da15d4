package io.vlink.events.statuses;

import io.vlink.events.Reason;

/**
 * Why flow-service says what it says under a condition. Where another service gave the reason, it stands there as that
 * service gave it.
 */
public enum ConditionReason implements Reason {
    /** The path is reserved. */
    Admitted,
    /** The path cannot be had. */
    Refused,
    /** The network was deleted. */
    Withdrawn,
    /** No path is reserved. */
    NotReserved,
    /** Both ends are held by attachments whose ports are known. */
    Attached,
    /** An end is held by no attachment. */
    WaitingForAttachment,
    /** A port that the path needs is not known to its switch. */
    PortUnknown,
    /** Every switch confirmed its rules. */
    Confirmed,
    /** A switch has not confirmed its rules yet. */
    Unconfirmed,
    /** A change is brought to the switches in stages; what served before still serves. */
    Replacing,
    /** Rules are being removed. */
    Removing,
    /** Every switch confirmed that nothing is left. */
    Removed,
    /** A switch was asked to take its rules, and would not; its own words follow. */
    SwitchError,
    /** A switch must not be written to. */
    SwitchRefused,
    /** A switch is not connected. */
    SwitchDisconnected,
    /** No gateway speaks for a switch. */
    GatewayAway,
    /** Traffic passes in both directions. */
    Serving,
    /** The last edit was refused; traffic passes as was declared before it. */
    ServingEarlierGeneration,
    /** Neither a gateway nor a neighbour has heard a switch for so long that nothing is known of it. */
    NoSignOfLife,
    /** A rule that is not Vlink's takes the network's frames. */
    Shadowed,
    /** A rule that is not Vlink's, and cannot be read in full, may take the network's frames. */
    PossiblyShadowed
}
