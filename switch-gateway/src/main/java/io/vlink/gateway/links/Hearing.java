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
 * Which switches have lost their controller, and when their neighbours last heard them. Only of those anything is said: for
 * all others the control channel speaks.
 */
final class Hearing {

    /** What is said is not said again before it is that much later. */
    private static final Duration STEP = Duration.ofSeconds(4);

    private final Map<DatapathId, Long> epochs = new HashMap<>();
    private final Map<DatapathId, Boolean> lost = new HashMap<>();

    /** Takes in how a switch stands with its gateway; returns whether what is to be said of it may be another now. */
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

    /** Whether there is any of which something is to be said. */
    boolean isIdle() {
        return lost.isEmpty();
    }

    /**
     * What is to be said of the sender of a link.
     *
     * @param at when frames last came in; null: never
     * @param before what was said last
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
