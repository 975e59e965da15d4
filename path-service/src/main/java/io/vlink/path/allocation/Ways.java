package io.vlink.path.allocation;

import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a network along the routes of its circuits. They do not change when attachments come and go, or when the
 * removal of the current circuit starts.
 *
 * @param circuits the circuits that everything else is derived from
 * @param reserved bandwidth at each side of a wire, in bit/s
 * @param bestEffort sending sides of wires where circuits send best effort, with the link used
 * @param links links that are crossed
 * @param nodes nodes that are crossed
 * @param wired switch ports that links use
 */
public record Ways(
        List<CircuitParts> circuits,
        Map<WireSide, Long> reserved,
        Set<Shares.Sender> bestEffort,
        Set<String> links,
        Set<String> nodes,
        Set<SwitchPort> wired) {

    public static final Ways NONE = new Ways(List.of(), Map.of(), Set.of(), Set.of(), Set.of(), Set.of());

    /** The parts of a circuit that the derived values depend on. */
    public record CircuitParts(
            long number, List<Route> routes, @Nullable Long formerOf) {}

    /** Returns the ways of these circuits: this instance if they are unchanged. */
    public Ways now(@Nullable Circuit current, List<CircuitRemoval> removals) {
        List<CircuitParts> held = circuits(current, removals);
        if (held.equals(circuits)) {
            return this;
        }
        Set<String> crossedLinks = new HashSet<>();
        Set<String> crossedNodes = new HashSet<>();
        Set<SwitchPort> used = new HashSet<>();
        for (CircuitParts circuit : held) {
            for (Route route : circuit.routes()) {
                for (Hop hop : route.hops()) {
                    crossedNodes.add(hop.node());
                }
                for (Side side : route.sides()) {
                    add(side, crossedLinks, used);
                }
            }
        }
        return new Ways(
                held,
                Reservations.of(FormerRates.whole(current, removals)),
                Shares.senders(current, removals),
                crossedLinks,
                crossedNodes,
                used);
    }

    private static List<CircuitParts> circuits(@Nullable Circuit current, List<CircuitRemoval> removals) {
        List<CircuitParts> held = new ArrayList<>(removals.size() + 1);
        if (current != null) {
            held.add(new CircuitParts(current.number(), current.routes(), null));
        }
        for (CircuitRemoval removal : removals) {
            held.add(new CircuitParts(
                    removal.circuit().number(), removal.circuit().routes(), removal.formerOf()));
        }
        return held;
    }

    private static void add(Side side, Set<String> links, Set<SwitchPort> wired) {
        PortNumber port = side.port();
        if (port != null) {
            wired.add(new SwitchPort(side.hop().datapathId(), port));
        }
        if (side.sending()) {
            links.add(side.lane().link());
        }
    }
}
