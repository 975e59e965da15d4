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

/** Which networks cross which switches, and which of them are to have their turn for news of those. Belongs to one thread. */
final class Crossings {

    /** How many networks have their turn together because a gateway came or went: what is urgent is not to wait for all. */
    private static final int AT_ONCE = 200;

    private final Map<DatapathId, Set<NetworkId>> networks = new HashMap<>();
    /** Networks that cross a switch whose gateway came or went. */
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

    void forget(NetworkId id) {
        networks.values().forEach(ids -> ids.remove(id));
    }

    Set<NetworkId> of(DatapathId datapathId) {
        return networks.getOrDefault(datapathId, Set.of());
    }

    /** Who else is there has changed. */
    void heard(Services services) {
        gateways.heard(services);
    }

    /** A neighbour heard a switch. */
    void heard(Heard sign) {
        life.heard(sign);
    }

    /** A switch may have lost its controller, or found it again. */
    void changed(DatapathId datapathId) {
        life.changed(datapathId);
    }

    /** Some of the networks that are to have their turn now, because of gateways that came or went and switches that are silent. */
    List<NetworkId> take(Instant now) {
        List<DatapathId> changed = gateways.act(networks.keySet(), now);
        life.changed(changed);
        changed.forEach(datapathId -> later.addAll(of(datapathId)));
        life.act(now).forEach(datapathId -> later.addAll(of(datapathId)));
        if (later.isEmpty()) { // mostly
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

    /** Whether more are to have their turn than were taken. */
    boolean isBehind() {
        return !later.isEmpty();
    }

    /** When there is something to do even if nothing is heard. */
    Stream<Instant> wakeUps() {
        return Stream.concat(Stream.ofNullable(gateways.wakeAt()), Stream.ofNullable(life.wakeAt()));
    }
}
