package io.vlink.audit.comparison;

import io.vlink.events.NetworkId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.PathDecision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A circuit and its network.
 *
 * @param current whether it is the network's path, and not being removed
 * @param reserving the same circuit; for a remainder of lowered bandwidths: the circuit that had them, with these bandwidths
 */
public record HeldCircuit(NetworkId network, Circuit circuit, boolean current, Circuit reserving) {

    /** Returns all circuits of the given decisions. */
    public static List<HeldCircuit> of(Collection<PathDecision> decisions) {
        List<HeldCircuit> all = new ArrayList<>();
        for (PathDecision decision : decisions) {
            Circuit current = decision.current();
            if (current != null) {
                all.add(new HeldCircuit(decision.id(), current, true, current));
            }
            for (CircuitRemoval removal : decision.retiring()) {
                Circuit circuit = removal.circuit();
                Circuit had = removal.keepsFormerRate() ? former(decision, removal) : null;
                all.add(new HeldCircuit(
                        decision.id(), circuit, false, had == null ? circuit : had.withBandwidthOf(circuit)));
            }
        }
        return all;
    }

    private static @Nullable Circuit former(PathDecision decision, CircuitRemoval left) {
        return decision.circuits().stream()
                .filter(circuit -> Objects.equals(left.formerOf(), circuit.number()))
                .findFirst()
                .orElse(null);
    }

    /** Returns the network and the circuit's number. */
    String text() {
        return "%s (circuit %d)".formatted(network, circuit.number());
    }
}
