package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.OVER_RESERVED;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import io.vlink.events.text.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth by cable, whichever links use it: the sum that all circuits reserve there, and the capacity of the links that are
 * declared there. Of one network's circuits the largest counts, since its traffic moves from one to the other.
 */
final class Reservations {

    /** A cable: the port that sends on it; if that is unknown, the link's name. */
    private record Cable(
            @Nullable SwitchPort port, @Nullable String link) {}

    private Reservations() {}

    static List<Difference> over(RecordedState recorded, List<HeldCircuit> all, Topology topology) {
        Map<Cable, Map<NetworkId, Long>> reserved = new HashMap<>();
        Map<Cable, String> calledBy = new HashMap<>();
        for (HeldCircuit held : all) {
            Map<Cable, Long> own = new HashMap<>();
            held.reserving().routes().forEach(route -> add(held.network().overlay(), route, own, calledBy));
            own.forEach((cable, bits) ->
                    reserved.computeIfAbsent(cable, first -> new HashMap<>()).merge(held.network(), bits, Math::max));
        }
        Map<Cable, Long> capacities = new HashMap<>();
        recorded.links().values().stream().filter(link -> !link.withdrawn()).forEach(link -> {
            long capacity = link.spec().capacityBits();
            String name = link.id().toString();
            SwitchPort from = topology.port(link.id().overlay(), link.spec().from());
            capacities.merge(new Cable(null, name), capacity, Math::max);
            if (from != null) {
                capacities.merge(new Cable(from, null), capacity, Math::max);
            }
        });
        List<Difference> found = new ArrayList<>();
        reserved.forEach((cable, networks) -> {
            long sum = networks.values().stream().mapToLong(Long::longValue).sum();
            Long capacity = capacities.get(cable);
            if (capacity != null && sum > capacity) {
                DatapathId id = cable.port() == null ? null : cable.port().datapathId();
                found.add(new Difference(
                        OVER_RESERVED,
                        id,
                        null,
                        "%s are reserved on link %s, which has %s."
                                .formatted(Quantities.rate(sum), calledBy.get(cable), Quantities.rate(capacity))));
            }
        });
        return found;
    }

    private static void add(String overlay, Route route, Map<Cable, Long> own, Map<Cable, String> calledBy) {
        Long bits = route.bandwidthBits();
        if (bits == null) {
            return;
        }
        Set<Cable> detours = new HashSet<>();
        for (Side side : route.sides()) {
            if (side.sending()) {
                PortNumber port = side.port();
                String name = overlay + "/" + side.lane().link();
                Cable cable = port == null
                        ? new Cable(null, name)
                        : new Cable(new SwitchPort(side.hop().datapathId(), port), null);
                if (side.role() == Role.WORKING) {
                    own.merge(cable, bits, Long::sum);
                } else {
                    detours.add(cable); // one failure at a time puts traffic on one of them
                }
                calledBy.putIfAbsent(cable, name);
            }
        }
        detours.forEach(cable -> own.merge(cable, bits, Long::sum));
    }
}
