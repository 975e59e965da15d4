package io.vlink.networkapi.usage;

import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The bandwidth that one network reserves on links, as path-service counts it. */
final class Reserved {

    private Reserved() {}

    /**
     * Returns the bandwidth in bit/s, by the link's name. Of the network's circuits the largest counts, not their sum:
     * its traffic moves from one to the other.
     */
    static Map<String, Long> of(PathDecision decision) {
        Map<String, Long> largest = new HashMap<>();
        Circuit current = decision.current();
        if (current != null) {
            largest.putAll(sum(current, current));
        }
        for (CircuitRemoval removal : decision.retiring()) {
            sum(removal.circuit(), along(removal, decision))
                    .forEach((link, bits) -> largest.merge(link, bits, Math::max));
        }
        return largest;
    }

    /** Returns the circuit with the links: lowered rates stay reserved along the circuit that had them. */
    private static Circuit along(CircuitRemoval removal, PathDecision decision) {
        Long number = removal.formerOf();
        if (number == null) {
            return removal.circuit();
        }
        Circuit current = decision.current();
        if (current != null && current.number() == number) {
            return current;
        }
        return decision.retiring().stream()
                .map(CircuitRemoval::circuit)
                .filter(other -> other.number() == number)
                .findFirst()
                .orElse(removal.circuit());
    }

    private static Map<String, Long> sum(Circuit rates, Circuit along) {
        Map<String, Long> sum = new HashMap<>();
        for (int i = 0; i < Math.min(rates.routes().size(), along.routes().size()); i++) {
            Long bits = rates.routes().get(i).bandwidthBits();
            if (bits != null) {
                add(along.routes().get(i), bits, sum);
            }
        }
        return sum;
    }

    /** Adds the working path, and its detours once on each link: one failure at a time puts traffic on one of them. */
    private static void add(Route route, long bits, Map<String, Long> sum) {
        Set<String> detours = new HashSet<>();
        for (Side side : route.sides()) {
            String link = side.lane().link();
            if (side.sending() && (side.role() == Role.WORKING || detours.add(link))) {
                sum.merge(link, bits, Long::sum);
            }
        }
    }
}
