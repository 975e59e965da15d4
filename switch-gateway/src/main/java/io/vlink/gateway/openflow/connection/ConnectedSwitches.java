package io.vlink.gateway.openflow.connection;

import io.vlink.events.DatapathId;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The switches that are connected and served here: one session for each switch. Thread-safe. */
final class ConnectedSwitches {

    private final Map<DatapathId, SwitchSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong connections = new AtomicLong();

    /** Returns the number of a new connection; it grows with each. */
    long nextConnection() {
        return connections.incrementAndGet();
    }

    void put(SwitchSession session) {
        sessions.put(session.datapathId(), session);
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
