package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.services.Absence;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The last known state of every switch. Belongs to one thread. */
public final class Switches {

    private final Map<DatapathId, SwitchRecord> seen = new HashMap<>();
    /** Switches whose gateway is absent. Their state is the last one that it reported. */
    private final Map<DatapathId, Absence> withoutGateway = new HashMap<>();
    /** Switches without a sign of life for too long, and the time of their last. */
    private final Map<DatapathId, Instant> silent = new HashMap<>();

    /** One record of a switch, with its offset and time in the log. */
    private record SwitchRecord(Switch state, long offset, Instant at) {}

    /**
     * Processes a record of a switch. One with a lower epoch than the last is dropped.
     *
     * @return whether it was used
     */
    public boolean heard(Switch state, long offset, Instant at) {
        SwitchRecord last = seen.get(state.id());
        if (last != null && state.epoch() < last.state().epoch()) {
            return false;
        }
        seen.put(state.id(), new SwitchRecord(state, offset, at));
        Absence absence = withoutGateway.get(state.id());
        if (absence != null && at.isAfter(absence.since())) {
            withoutGateway.remove(state.id());
        }
        return true;
    }

    /** Drops a switch whose record was deleted. */
    public void dropped(DatapathId datapathId) {
        seen.remove(datapathId);
    }

    /**
     * Records that the gateway of a switch is absent; null: it is present again.
     *
     * @return whether this is a change
     */
    public boolean gatewayAway(DatapathId datapathId, @Nullable Absence absence) {
        return !Objects.equals(
                absence, absence == null ? withoutGateway.remove(datapathId) : withoutGateway.put(datapathId, absence));
    }

    /** Returns whether it was connected when last known, even if its gateway is absent now. */
    public boolean isConnected(DatapathId datapathId) {
        Switch last = get(datapathId);
        return last != null && last.state() == Switch.State.CONNECTED;
    }

    /** Returns whether it is connected to a gateway that is present. */
    boolean isControlled(DatapathId datapathId) {
        return isConnected(datapathId) && !withoutGateway.containsKey(datapathId);
    }

    /** Returns the absence of its gateway; absent if the gateway is present. */
    @Nullable Absence absence(DatapathId datapathId) {
        return withoutGateway.get(datapathId);
    }

    @Nullable Switch get(DatapathId datapathId) {
        SwitchRecord last = seen.get(datapathId);
        return last == null ? null : last.state();
    }

    /** Returns the time since which a switch has been without a controller; null: it has one, or never connected. */
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
     * Sets the last sign of life of a switch that has been silent for too long; null: it is no longer silent.
     *
     * @return whether this is a change
     */
    public boolean silent(DatapathId datapathId, @Nullable Instant since) {
        return !Objects.equals(since, since == null ? silent.remove(datapathId) : silent.put(datapathId, since));
    }

    public boolean isSilent(DatapathId datapathId) {
        return silent.containsKey(datapathId);
    }

    /** Returns its last sign of life, if that was too long ago; null: it is controlled, or its neighbours hear it. */
    @Nullable Instant silentSince(DatapathId datapathId) {
        return silent.get(datapathId);
    }

    /** Returns the offset in the log of the last record; -1: none. */
    long offset(DatapathId datapathId) {
        SwitchRecord last = seen.get(datapathId);
        return last == null ? -1 : last.offset();
    }

    /** Returns the time of the last record. */
    Instant heardAt(DatapathId datapathId) {
        SwitchRecord last = seen.get(datapathId);
        return last == null ? Instant.EPOCH : last.at();
    }
}
