package io.vlink.path.path;

import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.End;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Retiring;
import io.vlink.events.paths.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rates that were lowered in place. A switch lets the old one pass until it has taken the new one, so for so long the old one stays
 * reserved: by what retires as a circuit of its own, of which the rates are left, and the switches that police them. Like what is
 * left at former ports it is gone once these switches have confirmed what the circuit is now.
 */
final class FormerRates {

    private FormerRates() {}

    /** What is left of a circuit's rates; null: nothing. */
    static @Nullable Retiring of(Circuit circuit, List<Retiring> retiring) {
        for (Retiring leaving : retiring) {
            if (leaving.leavesBandwidth() && Objects.equals(leaving.formerOf(), circuit.number())) {
                return leaving;
            }
        }
        return null;
    }

    /** Whether the same circuit is to let less pass over links than before, on any way. */
    static boolean areLowered(Circuit before, Circuit now) {
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
     * What is left of the rates that a circuit had.
     *
     * @param earlier what was left of them before, and may be in switches still; null: nothing
     */
    static Circuit former(Circuit before, Circuit now, @Nullable Circuit earlier, long number) {
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
            if (!isMore(route.bandwidthBits(), now.routes().get(i))) { // its switch need not be waited for
                routes.set(i, new Route(null, List.of(any), route.bandwidthBits(), 0, null));
            }
        }
        List<End> ends = before.ends().stream()
                .map(end -> new End(end.node(), end.datapathId(), null, null))
                .toList();
        return new Circuit(number, before.generation(), ends, routes);
    }

    private static @Nullable Long larger(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }

    /** All circuits that reserve something: what is left of rates stands for the whole circuit that had them. */
    static List<Circuit> whole(@Nullable Circuit current, List<Retiring> retiring) {
        List<Circuit> whole = new ArrayList<>(retiring.size() + 1);
        if (current != null) {
            whole.add(current);
        }
        for (Retiring leaving : retiring) {
            Circuit had = leaving.leavesBandwidth() ? Shares.former(leaving, current, retiring) : null;
            if (had != null) {
                whole.add(had.withBandwidthOf(leaving.circuit()));
            } else {
                whole.add(leaving.circuit());
            }
        }
        return whole;
    }
}
