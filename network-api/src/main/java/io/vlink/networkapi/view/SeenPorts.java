package io.vlink.networkapi.view;

import io.vlink.events.DatapathId;
import io.vlink.events.Hindrance;
import io.vlink.events.PortLocator;
import io.vlink.events.switches.Port;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What users mean by the name or number of a port, and since when frames leave by it or do not. */
public final class SeenPorts {

    private final Table<Port> ports;
    /** Keys of ports, by switch and name. */
    private final Map<String, String> named = new ConcurrentHashMap<>();
    /** When it was last told that a port sends, or does not, by key. */
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    SeenPorts(Table<Port> ports) {
        this.ports = ports;
    }

    /** Takes in how a port was, and how it is now, as its table has it. */
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

    /** The port that a locator means; null: the switch has none such, as far as is known. */
    public @Nullable Port find(DatapathId datapathId, PortLocator locator) {
        String key = locator.isNumber() ? datapathId + "/" + locator : named.get(datapathId + "/" + locator.text());
        return key == null ? null : ports.get(key).filter(Port::present).orElse(null);
    }

    /** Whether any port of a switch was told of. */
    public boolean knows(DatapathId datapathId) {
        return !ports.page(datapathId + "/", null, 1, Port::present).records().isEmpty();
    }

    /** Since when a port fares as it does; null: that is not known. */
    public @Nullable Instant since(Port port) {
        return since.get(port.id().toString());
    }
}
