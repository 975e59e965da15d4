package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.links.Heard;
import io.vlink.events.services.Services;
import io.vlink.flow.status.Switches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The networks that cross each switch, and those that have to be processed because of a change at one. Belongs to one
 * thread.
 */
final class Crossings {

    /** Number of networks processed at once after a gateway came or went: urgent work must not wait for all. */
    private static final int AT_ONCE = 200;

    private final Map<DatapathId, Set<NetworkId>> networks = new HashMap<>();
    /** Networks still to be processed, as they cross a switch whose gateway came or went, or that fell silent. */
    private final Set<NetworkId> later = new LinkedHashSet<>();

    private final GatewayWatch gateways;
    private final LifeWatch life;

    Crossings(Switches switches, ToIntFunction<DatapathId> partitionOf) {
        this.gateways = new GatewayWatch(switches, partitionOf);
        this.life = new LifeWatch(switches);
    }

    void add(NetworkId id, DatapathId datapathId) {
        Set<NetworkId> on = networks.computeIfAbsent(datapathId, d -> new HashSet<>());
        if (on.isEmpty()) {
            gateways.crosses(datapathId);
            life.changed(datapathId);
        }
        on.add(id);
    }

    void drop(NetworkId id) {
        networks.values().forEach(ids -> ids.remove(id));
    }

    Set<NetworkId> of(DatapathId datapathId) {
        return networks.getOrDefault(datapathId, Set.of());
    }

    /** Processes a change of the present services. */
    void heard(Services services) {
        gateways.heard(services);
    }

    /** Records that a neighbour heard a switch. */
    void heard(Heard sign) {
        life.heard(sign);
    }

    /** Records that a switch may have lost its controller, or found it again. */
    void changed(DatapathId datapathId) {
        life.changed(datapathId);
    }

    /** Returns some of the networks to process now, because of gateways that came or went and switches that fell silent. */
    List<NetworkId> take(Instant now) {
        List<DatapathId> changed = gateways.act(networks.keySet(), now);
        life.changed(changed);
        changed.forEach(datapathId -> later.addAll(of(datapathId)));
        life.act(now).forEach(datapathId -> later.addAll(of(datapathId)));
        if (later.isEmpty()) { // the usual case
            return List.of();
        }
        List<NetworkId> taken = new ArrayList<>();
        Iterator<NetworkId> waiting = later.iterator();
        for (int i = 0; i < AT_ONCE && waiting.hasNext(); i++) {
            taken.add(waiting.next());
            waiting.remove();
        }
        return taken;
    }

    /** Returns whether networks are left to process. */
    boolean isBehind() {
        return !later.isEmpty();
    }

    /** Returns the times at which to act even if nothing was read. */
    Stream<Instant> wakeUps() {
        return Stream.concat(Stream.ofNullable(gateways.wakeAt()), Stream.ofNullable(life.wakeAt()));
    }
}
