package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.Shadow;
import io.vlink.events.services.Absence;
import io.vlink.events.switches.Switch;
import io.vlink.flow.ledger.Confirmation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One switch, as far as one network is concerned.
 *
 * @param node the node's name; absent where no circuit of the decision crosses it
 * @param confirmation what it made of what was last written for it
 * @param applied whether it confirmed what it is to hold, or is away and was known to hold it
 * @param heardAt when it last said something of the network
 * @param shadow what stands over the network's rules; absent: nothing that was seen
 * @param state as its gateway last said; absent: it has never connected
 * @param absence why nobody speaks for it; absent where somebody does
 * @param silentSince its last sign of life, where that was too long ago
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

    /** Such as {@code node-c (000000000000000c)}. */
    String name() {
        return node == null ? id.toString() : node + " (" + id + ")";
    }

    /** Whether its gateway, were it there, could send it rules. */
    boolean isConnected() {
        return state != null && state.state() == Switch.State.CONNECTED;
    }

    /** Whether it is connected to a gateway that is there. */
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
