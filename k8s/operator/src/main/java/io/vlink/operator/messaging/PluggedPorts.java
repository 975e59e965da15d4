package io.vlink.operator.messaging;

import io.vlink.events.SwitchPort;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Maps the interfaces of pods to the ports of switches that they are plugged into, as reported by the switches.
 * Thread-safe; only the reader's thread adds records.
 */
final class PluggedPorts {

    private final Consumer<String> changed;
    private final Map<String, Port> ports = new ConcurrentHashMap<>();
    private final Map<Plug, SwitchPort> plugs = new ConcurrentHashMap<>();

    /**
     * Starts empty.
     *
     * @param changed called with the uid of each pod that a port was added to or removed from
     */
    PluggedPorts(Consumer<String> changed) {
        this.changed = changed;
    }

    /** Returns the port that a pod's interface is plugged into; null while no switch reports it. */
    @Nullable Port of(String podUid, String interfaceName) {
        SwitchPort plugged = plugs.get(new Plug(podUid, interfaceName));
        return plugged == null ? null : ports.get(plugged.toString());
    }

    /** Returns whether any port of a pod is in a switch. */
    boolean isPlugged(String podUid) {
        return plugs.keySet().stream().anyMatch(plug -> plug.pod().equals(podUid));
    }

    /** Adds the record of a port. A record of an older epoch than the known one changes nothing. */
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

    /** Clears everything: the topics are read again. */
    void clear() {
        ports.clear();
        plugs.clear();
    }
}
