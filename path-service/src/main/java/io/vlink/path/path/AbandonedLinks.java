package io.vlink.path.path;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links that are declared no more, but that circuits still cross. Their ports are no workload's as long as that is so.
 * What they were is read from the circuits, since their records are gone.
 */
final class AbandonedLinks {

    private final Map<String, Set<SwitchPort>> ports = new HashMap<>();

    /** A link is declared no more. */
    void put(String link, Iterable<Circuit> crossing) {
        Set<SwitchPort> used = new HashSet<>();
        for (Circuit circuit : crossing) {
            for (Route route : List.of(circuit.forward(), circuit.reverse())) {
                for (Hop hop : route.hops()) {
                    add(link.equals(hop.inLink()) ? hop.inPort() : null, hop.datapathId(), used);
                    add(link.equals(hop.outLink()) ? hop.outPort() : null, hop.datapathId(), used);
                }
            }
        }
        if (!used.isEmpty()) {
            ports.put(link, used);
        }
    }

    /** A link is declared again, or nobody crosses it any more; returns the ports that are free of it now. */
    Set<SwitchPort> remove(String link) {
        Set<SwitchPort> free = ports.remove(link);
        return free == null ? Set.of() : free;
    }

    /** The abandoned link that uses a port; null: none does. */
    @Nullable String at(SwitchPort port) {
        if (ports.isEmpty()) {
            return null;
        }
        for (Map.Entry<String, Set<SwitchPort>> link : ports.entrySet()) {
            if (link.getValue().contains(port)) {
                return link.getKey();
            }
        }
        return null;
    }

    private static void add(@Nullable PortNumber port, DatapathId datapathId, Set<SwitchPort> used) {
        if (port != null) {
            used.add(new SwitchPort(datapathId, port));
        }
    }
}
