package io.vlink.networkapi.view;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds ports by name or number, and the time since which a port can or cannot send. */
public final class SeenPorts {

    private final RecordTable<Port> ports;
    /** Port keys, by switch and name. */
    private final Map<String, String> named = new ConcurrentHashMap<>();
    /** Time of the last report that a port can or cannot send, by key. */
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    SeenPorts(RecordTable<Port> ports) {
        this.ports = ports;
    }

    /** Takes in the old and the new state of a port. */
    void changed(String key, @Nullable Port before, @Nullable Port now, Instant at) {
        if (before != null && (now == null || !nameOf(before).equals(nameOf(now)) || !now.present())) {
            named.remove(nameOf(before), key);
        }
        if (now == null) {
            since.remove(key);
            return;
        }
        if (now.present()) {
            named.put(nameOf(now), key);
        }
        if (before == null || before.present() != now.present() || !Objects.equals(against(before), against(now))) {
            since.put(key, at);
        }
    }

    private static @Nullable Hindrance against(Port port) {
        return port.cannotSend("");
    }

    private static String nameOf(Port port) {
        return port.id().datapathId() + "/" + port.name();
    }

    /** Returns the port that a locator means; null if the switch has no such port, as far as known. */
    public @Nullable Port find(DatapathId datapathId, PortLocator locator) {
        String key = locator.isNumber() ? datapathId + "/" + locator : named.get(datapathId + "/" + locator.text());
        return key == null ? null : ports.get(key).filter(Port::present).orElse(null);
    }

    /** Returns whether any port of a switch is known. */
    public boolean knows(DatapathId datapathId) {
        return !ports.page(datapathId + "/", null, 1, Port::present).records().isEmpty();
    }

    /** Returns the time since which a port can or cannot send; null if unknown. */
    public @Nullable Instant since(Port port) {
        return since.get(port.id().toString());
    }
}
