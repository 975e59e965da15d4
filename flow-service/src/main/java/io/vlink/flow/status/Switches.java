package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every switch as last heard of. Belongs to one thread. */
public final class Switches {

    private final Map<DatapathId, Seen> seen = new HashMap<>();

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
        return true;
    }

    /** The record of a switch was deleted. */
    public void forgotten(DatapathId datapathId) {
        seen.remove(datapathId);
    }

    public boolean isConnected(DatapathId datapathId) {
        Switch last = get(datapathId);
        return last != null && last.state() == Switch.State.CONNECTED;
    }

    @Nullable Switch get(DatapathId datapathId) {
        Seen last = seen.get(datapathId);
        return last == null ? null : last.state();
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
