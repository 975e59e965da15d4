package io.vlink.events.statuses;

import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/** Reasons that flow-service gives in conditions. Reasons of other services are passed on unchanged. */
public enum ConditionReason implements Reason {
    /** The path is reserved. */
    ADMITTED,
    /** The path cannot be admitted. */
    REFUSED,
    /** The network was deleted. */
    WITHDRAWN,
    /** No path is reserved. */
    NOT_RESERVED,
    /** Both ends are held by attachments whose ports are known. */
    ATTACHED,
    /** An end is held by no attachment. */
    WAITING_FOR_ATTACHMENT,
    /** A port that the path needs is not known to its switch. */
    PORT_UNKNOWN,
    /** Every switch confirmed its rules. */
    CONFIRMED,
    /** A switch has not confirmed its rules yet. */
    UNCONFIRMED,
    /** A change is made in the switches in stages; the previous path still carries traffic. */
    REPLACING,
    /** Rules are being removed. */
    REMOVING,
    /** Every switch confirmed that nothing is left. */
    REMOVED,
    /** A switch refused its rules; its own words follow. */
    SWITCH_ERROR,
    /** A switch must not be written to. */
    SWITCH_REFUSED,
    /** A switch is not connected. */
    SWITCH_DISCONNECTED,
    /** No gateway serves a switch. */
    GATEWAY_AWAY,
    /** Traffic passes in both directions. */
    SERVING,
    /** The last edit was refused; traffic passes as declared before. */
    SERVING_EARLIER_GENERATION,
    /** Neither a gateway nor a neighbour has heard a switch for so long that nothing is known of it. */
    NO_SIGN_OF_LIFE,
    /** A rule that is not Vlink's takes the network's frames. */
    SHADOWED,
    /** A rule that is not Vlink's, and cannot be read in full, may take the network's frames. */
    POSSIBLY_SHADOWED;

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
