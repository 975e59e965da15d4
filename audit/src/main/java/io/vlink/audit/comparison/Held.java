package io.vlink.audit.comparison;

import io.vlink.events.NetworkId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A circuit that holds something.
 *
 * @param current whether it is the network's path, and not on its way out
 */
public record Held(NetworkId network, Circuit circuit, boolean current) {

    /** All circuits of some decisions. */
    public static List<Held> of(Collection<PathDecision> decisions) {
        List<Held> all = new ArrayList<>();
        for (PathDecision decision : decisions) {
            Circuit current = decision.current();
            if (current != null) {
                all.add(new Held(decision.id(), current, true));
            }
            decision.retiring().forEach(leaving -> all.add(new Held(decision.id(), leaving.circuit(), false)));
        }
        return all;
    }

    /** Both directions. */
    List<Route> routes() {
        return List.of(circuit.forward(), circuit.reverse());
    }

    /** The switches crossed in both directions. */
    List<Hop> hops() {
        List<Hop> hops = new ArrayList<>(circuit.forward().hops());
        hops.addAll(circuit.reverse().hops());
        return hops;
    }

    /** In words. */
    String text() {
        return "%s (circuit %d)".formatted(network, circuit.number());
    }
}
