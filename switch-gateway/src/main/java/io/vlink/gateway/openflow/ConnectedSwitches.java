package io.vlink.gateway.openflow;

import io.vlink.events.DatapathId;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who is connected here: one session for each switch, the newest. Thread-safe. */
final class ConnectedSwitches {

    private final Map<DatapathId, SwitchSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong connections = new AtomicLong();

    /** The number of a new connection; grows with each. */
    long nextConnection() {
        return connections.incrementAndGet();
    }

    /** Takes a session in; returns the one that it replaces. */
    @Nullable SwitchSession add(SwitchSession session) {
        return sessions.put(session.datapathId(), session);
    }

    void remove(SwitchSession session) {
        sessions.remove(session.datapathId(), session);
    }

    @Nullable SwitchSession of(DatapathId datapathId) {
        return sessions.get(datapathId);
    }

    Collection<SwitchSession> all() {
        return sessions.values();
    }
}
