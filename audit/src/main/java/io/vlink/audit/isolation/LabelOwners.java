package io.vlink.audit.isolation;

import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The networks that ports and labels belong to, according to the decisions. */
final class LabelOwners {

    /** The rest of the path that a label belongs to, from the stage that receives it. */
    record LabelOwner(Way way, int stage) {}

    private record Receiver(Spot port, Label label) {}

    private final Map<Spot, NetworkId> endpoints = new LinkedHashMap<>();
    private final Map<Spot, List<Way>> entries = new HashMap<>();
    private final Map<Receiver, List<LabelOwner>> labels = new HashMap<>();
    private final Map<Spot, Set<NetworkId>> crossing = new HashMap<>();

    /** Prefers the network that holds a port now to one that is leaving it. */
    LabelOwners(List<Way> ways) {
        ways.stream().filter(Way::current).forEach(this::take);
        ways.stream().filter(way -> !way.current()).forEach(this::take);
    }

    private void take(Way way) {
        endpoints.putIfAbsent(Spot.of(way.entry()), way.network());
        endpoints.putIfAbsent(Spot.of(way.exit()), way.network());
        entries.computeIfAbsent(Spot.of(way.entry()), first -> new ArrayList<>())
                .add(way);
        for (int i = 0; i < way.stages().size(); i++) {
            Way.Stage stage = way.stages().get(i);
            Label label = stage.inLabel();
            if (label != null) {
                Spot in = Spot.of(stage.in());
                labels.computeIfAbsent(new Receiver(in, label), first -> new ArrayList<>())
                        .add(new LabelOwner(way, i));
                crossing.computeIfAbsent(in, first -> new HashSet<>()).add(way.network());
            }
        }
    }

    /** Returns the ports of workloads, and the network that each is an endpoint of. */
    Map<Spot, NetworkId> endpoints() {
        return endpoints;
    }

    /** Returns the paths that a network's frames may take from a port. */
    List<LabelOwner> from(Spot port, NetworkId network) {
        return entries.getOrDefault(port, List.of()).stream()
                .filter(way -> way.network().equals(network))
                .map(way -> new LabelOwner(way, 0))
                .toList();
    }

    /** Returns the paths that a label belongs to at the port that receives it. */
    List<LabelOwner> of(Spot port, @Nullable Label label) {
        return label == null ? List.of() : labels.getOrDefault(new Receiver(port, label), List.of());
    }

    /** Returns the networks whose frames enter at a port over a cable. */
    Set<NetworkId> crossing(Spot port) {
        return crossing.getOrDefault(port, Set.of());
    }
}
