package io.vlink.operator.messaging;

import io.vlink.events.SwitchPort;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Into which ports of switches the interfaces of pods are plugged, as the switches say. Thread-safe; records are taken in by
 * the reader's thread only.
 */
final class PluggedPorts {

    private final Consumer<String> changed;
    private final Map<String, Port> ports = new ConcurrentHashMap<>();
    private final Map<Plug, SwitchPort> plugs = new ConcurrentHashMap<>();

    /**
     * Makes an empty one.
     *
     * @param changed told of the uid of each pod one of whose ports came or went
     */
    PluggedPorts(Consumer<String> changed) {
        this.changed = changed;
    }

    /** The port into which an interface of a pod is plugged; absent while no switch says so. */
    @Nullable Port of(String podUid, String interfaceName) {
        SwitchPort plugged = plugs.get(new Plug(podUid, interfaceName));
        return plugged == null ? null : ports.get(plugged.toString());
    }

    /** Whether any port of a pod is in a switch. */
    boolean isPlugged(String podUid) {
        return plugs.keySet().stream().anyMatch(plug -> plug.pod().equals(podUid));
    }

    /** Takes the record of a port in; one of an older epoch than that which is known changes nothing. */
    void take(String key, @Nullable Port port) {
        Port before = ports.get(key);
        if (port != null && before != null && port.epoch() < before.epoch()) {
            return;
        }
        Port now = port == null || !port.present() ? null : port;
        if (now == null) {
            ports.remove(key);
        } else {
            ports.put(key, now);
        }
        Plug left = before == null ? null : before.plug();
        Plug came = now == null ? null : now.plug();
        if (before != null && left != null && !left.equals(came)) {
            plugs.remove(left, before.id());
            changed.accept(left.pod());
        }
        if (now != null && came != null && !came.equals(left)) {
            plugs.put(came, now.id());
            changed.accept(came.pod());
        }
    }

    /** Forgets all: it comes again. */
    void clear() {
        ports.clear();
        plugs.clear();
    }
}
