package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.Shadow;
import io.vlink.events.services.Absence;
import io.vlink.events.switches.Switch;
import io.vlink.flow.ledger.Confirmation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of one switch's state that concerns one network.
 *
 * @param node the node's name; absent if no circuit of the decision crosses it
 * @param confirmation the state of the last rule set that was written for it
 * @param applied whether it confirmed its rule set, or is away and had confirmed it
 * @param heardAt time of its last report on the network
 * @param shadow the foreign rule above the network's rules; absent: none was seen
 * @param state as last reported by its gateway; absent: it has never connected
 * @param absence the absence of its gateway; absent if the gateway is present
 * @param silentSince its last sign of life, if that was too long ago
 */
record SwitchView(
        DatapathId id,
        @Nullable String node,
        Confirmation confirmation,
        boolean applied,
        Instant heardAt,
        @Nullable Shadow shadow,
        @Nullable Switch state,
        @Nullable Absence absence,
        @Nullable Instant silentSince) {

    /** Returns a name such as {@code node-c (000000000000000c)}. */
    String name() {
        return node == null ? id.toString() : node + " (" + id + ")";
    }

    /** Returns whether its gateway, if present, can send it rules. */
    boolean isConnected() {
        return state != null && state.state() == Switch.State.CONNECTED;
    }

    /** Returns whether it is connected to a gateway that is present. */
    boolean isControlled() {
        return absence == null && isConnected();
    }

    boolean isRefused() {
        return state != null && state.state() == Switch.State.REFUSED;
    }

    boolean isFailed() {
        return confirmation instanceof Confirmation.Failed;
    }
}
