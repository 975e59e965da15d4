package io.vlink.gateway.links;

import io.vlink.events.DatapathId;
import io.vlink.events.links.Heard;
import io.vlink.events.switches.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The switches that have lost their controller, and when their neighbours last heard them. Nothing is reported for other
 * switches: their control channel shows their state.
 */
final class Hearing {

    /** Minimum time between two reports of the same sender. */
    private static final Duration STEP = Duration.ofSeconds(4);

    private final Map<DatapathId, Long> epochs = new HashMap<>();
    private final Map<DatapathId, Boolean> lost = new HashMap<>();

    /** Applies the recorded state of a switch. Returns whether the report about it may have changed. */
    boolean heard(DatapathId datapathId, @Nullable Switch state) {
        if (state == null) {
            epochs.remove(datapathId);
            return lost.remove(datapathId) != null;
        }
        if (state.epoch() < epochs.getOrDefault(datapathId, Long.MIN_VALUE)) {
            return false;
        }
        epochs.put(datapathId, state.epoch());
        return state.state() == Switch.State.DISCONNECTED
                ? lost.put(datapathId, true) == null
                : lost.remove(datapathId) != null;
    }

    boolean isLost(DatapathId datapathId) {
        return lost.containsKey(datapathId);
    }

    /** Returns whether no switch has lost its controller, which leaves nothing to report. */
    boolean isIdle() {
        return lost.isEmpty();
    }

    /**
     * Returns what to report about the sender of a link; null: nothing.
     *
     * @param at when frames last came in; null: never
     * @param before the last report
     */
    @Nullable Heard of(@Nullable DatapathId sender, @Nullable Instant at, @Nullable Heard before) {
        if (sender == null || at == null || !isLost(sender)) {
            return null;
        }
        boolean said = before != null
                && before.datapathId().equals(sender)
                && at.isBefore(before.at().plus(STEP));
        return said ? before : new Heard(sender, at);
    }
}
