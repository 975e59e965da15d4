package io.vlink.path.allocation;

import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rates that were lowered in place. A switch passes the old rate until it has applied the new one, so the old one stays
 * reserved until then. It is held by a circuit of its own that is being removed and contains only the rates and the
 * switches that police them. Like the remains at former ports, this circuit is removed once those switches have
 * confirmed the present one.
 */
public final class FormerRates {

    private FormerRates() {}

    /** Returns the remains of a circuit's former rates; null: there are none. */
    public static @Nullable CircuitRemoval of(Circuit circuit, List<CircuitRemoval> removals) {
        for (CircuitRemoval removal : removals) {
            if (removal.keepsFormerRate() && Objects.equals(removal.formerOf(), circuit.number())) {
                return removal;
            }
        }
        return null;
    }

    /** Returns whether the rate of any route of the same circuit is lower than before. */
    public static boolean areLowered(Circuit before, Circuit now) {
        if (before.number() != now.number()) {
            return false;
        }
        for (int i = 0; i < now.routes().size(); i++) {
            Route route = now.routes().get(i);
            if (isMore(before.routes().get(i).bandwidthBits(), route)
                    && !route.spans().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMore(@Nullable Long bits, Route than) {
        return bits != null && than.bandwidthBits() != null && bits > than.bandwidthBits();
    }

    /**
     * Returns the remains of a circuit's former rates.
     *
     * @param earlier earlier remains that may still be in switches; null: none
     */
    public static Circuit former(Circuit before, Circuit now, @Nullable Circuit earlier, long number) {
        List<Route> routes = new ArrayList<>(now.routes().size());
        Hop any = null;
        for (int i = 0; i < now.routes().size(); i++) {
            Route route = now.routes().get(i);
            Long bits = larger(
                    before.routes().get(i).bandwidthBits(),
                    earlier == null ? null : earlier.routes().get(i).bandwidthBits());
            Hop first = new Hop(0, route.first().node(), route.first().datapathId(), List.of(), List.of());
            any = any == null && isMore(bits, route) ? first : any;
            routes.add(new Route(null, List.of(first), bits, 0, null));
        }
        if (any == null) {
            throw new IllegalArgumentException("No rate of the circuit %d is lowered.".formatted(now.number()));
        }
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (!isMore(route.bandwidthBits(), now.routes().get(i))) { // no need to wait for its switch
                routes.set(i, new Route(null, List.of(any), route.bandwidthBits(), 0, null));
            }
        }
        List<Endpoint> endpoints = before.endpoints().stream()
                .map(endpoint -> new Endpoint(endpoint.node(), endpoint.datapathId(), null, null))
                .toList();
        return new Circuit(number, before.generation(), endpoints, routes);
    }

    private static @Nullable Long larger(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }

    /** Returns all circuits that reserve bandwidth; the remains of rates count as the whole circuit that had them. */
    public static List<Circuit> whole(@Nullable Circuit current, List<CircuitRemoval> removals) {
        List<Circuit> whole = new ArrayList<>(removals.size() + 1);
        if (current != null) {
            whole.add(current);
        }
        for (CircuitRemoval removal : removals) {
            Circuit had = removal.keepsFormerRate() ? Shares.former(removal, current, removals) : null;
            if (had != null) {
                whole.add(had.withBandwidthOf(removal.circuit()));
            } else {
                whole.add(removal.circuit());
            }
        }
        return whole;
    }
}
