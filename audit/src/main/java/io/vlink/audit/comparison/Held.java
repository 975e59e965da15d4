package io.vlink.audit.comparison;

import io.vlink.events.NetworkId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
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

    /** In words. */
    String text() {
        return "%s (circuit %d)".formatted(network, circuit.number());
    }
}
