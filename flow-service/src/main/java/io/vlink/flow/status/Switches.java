package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.services.Absence;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every switch as last heard of. Belongs to one thread. */
public final class Switches {

    private final Map<DatapathId, Seen> seen = new HashMap<>();
    /** Switches that no gateway speaks for: what is known of them is what was known when it fell silent. */
    private final Map<DatapathId, Absence> withoutGateway = new HashMap<>();
    /** Switches that have given no sign of life for too long, and when they gave the last. */
    private final Map<DatapathId, Instant> silent = new HashMap<>();

    /** One record of a switch, with its place and time in the log. */
    private record Seen(Switch state, long offset, Instant at) {}

    /**
     * A switch was heard of.
     *
     * @return whether that was news: a lower mastership than the last is not
     */
    public boolean heard(Switch state, long offset, Instant at) {
        Seen last = seen.get(state.id());
        if (last != null && state.epoch() < last.state().epoch()) {
            return false;
        }
        seen.put(state.id(), new Seen(state, offset, at));
        Absence absence = withoutGateway.get(state.id());
        if (absence != null && at.isAfter(absence.since())) {
            withoutGateway.remove(state.id());
        }
        return true;
    }

    /** The record of a switch was deleted. */
    public void forgotten(DatapathId datapathId) {
        seen.remove(datapathId);
    }

    /**
     * Nobody speaks for a switch any more; or somebody does again: null.
     *
     * @return whether that was news
     */
    public boolean gatewayAway(DatapathId datapathId, @Nullable Absence absence) {
        return !Objects.equals(
                absence, absence == null ? withoutGateway.remove(datapathId) : withoutGateway.put(datapathId, absence));
    }

    /** As last known, whether or not anybody speaks for it now. */
    public boolean isConnected(DatapathId datapathId) {
        Switch last = get(datapathId);
        return last != null && last.state() == Switch.State.CONNECTED;
    }

    /** Whether it is connected to a gateway that is there. */
    boolean isControlled(DatapathId datapathId) {
        return isConnected(datapathId) && !withoutGateway.containsKey(datapathId);
    }

    /** Why nobody speaks for it; absent where somebody does. */
    @Nullable Absence absence(DatapathId datapathId) {
        return withoutGateway.get(datapathId);
    }

    @Nullable Switch get(DatapathId datapathId) {
        Seen last = seen.get(datapathId);
        return last == null ? null : last.state();
    }

    /** Since when nobody has heard of a switch that has lost its controller; null: it has one, or never connected. */
    public @Nullable Instant lostSince(DatapathId datapathId) {
        Absence absence = withoutGateway.get(datapathId);
        if (absence != null) {
            return absence.since();
        }
        Switch last = get(datapathId);
        if (last == null || last.state() != Switch.State.DISCONNECTED) {
            return null;
        }
        return last.heardAt() == null ? last.since() : last.heardAt();
    }

    /**
     * Nothing is known of a switch any more, since its last sign of life; or something is again: null.
     *
     * @return whether that was news
     */
    public boolean silent(DatapathId datapathId, @Nullable Instant since) {
        return !Objects.equals(since, since == null ? silent.remove(datapathId) : silent.put(datapathId, since));
    }

    public boolean isSilent(DatapathId datapathId) {
        return silent.containsKey(datapathId);
    }

    /** Its last sign of life, where that was too long ago; null: it is controlled, or lives as far as its neighbours see. */
    @Nullable Instant silentSince(DatapathId datapathId) {
        return silent.get(datapathId);
    }

    /** The place in the log of the last record; -1: none. */
    long offset(DatapathId datapathId) {
        Seen last = seen.get(datapathId);
        return last == null ? -1 : last.offset();
    }

    /** When the last record was written. */
    Instant heardAt(DatapathId datapathId) {
        Seen last = seen.get(datapathId);
        return last == null ? Instant.EPOCH : last.at();
    }
}
