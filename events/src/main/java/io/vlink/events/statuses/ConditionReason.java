package io.vlink.events.statuses;

import io.vlink.events.Reason;

/** Reasons that flow-service gives in conditions. Reasons of other services are passed on unchanged. */
public enum ConditionReason implements Reason {
    /** The path is reserved. */
    Admitted,
    /** The path cannot be admitted. */
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
    /** A change is made in the switches in stages; the previous path still carries traffic. */
    Replacing,
    /** Rules are being removed. */
    Removing,
    /** Every switch confirmed that nothing is left. */
    Removed,
    /** A switch refused its rules; its own words follow. */
    SwitchError,
    /** A switch must not be written to. */
    SwitchRefused,
    /** A switch is not connected. */
    SwitchDisconnected,
    /** No gateway serves a switch. */
    GatewayAway,
    /** Traffic passes in both directions. */
    Serving,
    /** The last edit was refused; traffic passes as declared before. */
    ServingEarlierGeneration,
    /** Neither a gateway nor a neighbour has heard a switch for so long that nothing is known of it. */
    NoSignOfLife,
    /** A rule that is not Vlink's takes the network's frames. */
    Shadowed,
    /** A rule that is not Vlink's, and cannot be read in full, may take the network's frames. */
    PossiblyShadowed;

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
