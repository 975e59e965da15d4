package io.vlink.path.planning;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Route;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Turns plans into circuits: takes labels, meters and a number for a new circuit, or adapts an existing one. */
public final class CircuitMaker {

    private final Topology topology;
    private final PortTable ports;
    private final Pools pools;
    private final Displacement displacement;

    public CircuitMaker(Topology topology, PortTable ports, Pools pools, Displacement displacement) {
        this.topology = topology;
        this.ports = ports;
        this.pools = pools;
        this.displacement = displacement;
    }

    /** The result of making a circuit: the circuit, or the exhausted resources (then nothing was taken). */
    public record Made(@Nullable Circuit circuit, List<Violation> exhausted) {}

    /** One attempt, which takes everything or nothing. */
    private final class Taking {
        private final NetworkId owner;
        private final Deque<Runnable> giveBack = new ArrayDeque<>();
        private final List<Violation> exhausted = new ArrayList<>();

        Taking(NetworkId owner) {
            this.owner = owner;
        }

        @Nullable Label label(Link link, String field) {
            OptionalLong taken = pools.takeLabel(owner, link);
            if (taken.isEmpty()) {
                exhausted.add(new Violation(
                        field,
                        RefusalReason.LABELS_EXHAUSTED,
                        "The link %s has no free label: %s.".formatted(link.id().name(), pools.labelsLeft(link))));
                return null;
            }
            giveBack.push(() -> pools.giveBackLabel(link, taken.getAsLong()));
            return new Label(link.spec().kind().labels(), (int) taken.getAsLong());
        }

        @Nullable Integer meter(Demand demand, DatapathId datapathId) {
            OptionalLong taken = pools.takeMeter(owner, datapathId);
            if (taken.isEmpty()) {
                exhausted.add(new Violation(
                        demand.field() + ".capabilities.bandwidthBits",
                        RefusalReason.METERS_EXHAUSTED,
                        "The switch %s has no free meter: %s.".formatted(datapathId, pools.metersLeft(datapathId))));
                return null;
            }
            giveBack.push(() -> pools.giveBackMeter(datapathId, taken.getAsLong()));
            return (int) taken.getAsLong();
        }
    }

    public Made make(NetworkId owner, Plan.Granted plan, long generation) {
        OptionalLong number = pools.takeCircuit(owner);
        if (number.isEmpty()) {
            return new Made(
                    null,
                    List.of(new Violation(
                            "$",
                            RefusalReason.CIRCUITS_EXHAUSTED,
                            "The overlay has no free circuit number: %s.".formatted(pools.circuitsLeft()))));
        }
        Taking taking = new Taking(owner);
        taking.giveBack.push(() -> pools.giveBackCircuit(number.getAsLong()));
        List<Route> routes = new ArrayList<>(plan.legs().size());
        for (Leg leg : plan.legs()) {
            Route route = route(leg, taking);
            if (route != null) {
                routes.add(route);
            }
        }
        if (!taking.exhausted.isEmpty()) {
            taking.giveBack.forEach(Runnable::run);
            return new Made(null, taking.exhausted);
        }
        List<Endpoint> endpoints = new ArrayList<>(plan.endpoints().size());
        for (String node : plan.endpoints()) {
            endpoints.add(new Endpoint(node, switchOf(node), null, null));
        }
        return new Made(new Circuit(number.getAsLong(), generation, endpoints, routes), List.of());
    }

    /** Returns whether a circuit already fits a plan: same switches, links and labels, and metered at the same places. */
    public boolean keeps(Circuit circuit, Plan.Granted plan) {
        if (circuit.routes().size() != plan.legs().size()) {
            return false;
        }
        for (int i = 0; i < plan.legs().size(); i++) {
            if (!keeps(circuit.routes().get(i), plan.legs().get(i))) {
                return false;
            }
        }
        return !displacement.isDisplaced(circuit);
    }

    /** Returns the same circuit for a new generation. */
    public Circuit renew(Circuit circuit, Plan.Granted plan, long generation) {
        List<Route> routes = new ArrayList<>(plan.legs().size());
        for (int i = 0; i < plan.legs().size(); i++) {
            routes.add(renew(circuit.routes().get(i), plan.legs().get(i)));
        }
        return new Circuit(circuit.number(), generation, circuit.endpoints(), routes);
    }

    private static boolean keeps(Route route, Leg leg) {
        return route.first().node().equals(leg.demand().from())
                && route.links().equals(leg.linkNames())
                && (route.bandwidthBits() == null) == (leg.demand().bandwidthBits() == null);
    }

    private Route renew(Route route, Leg leg) {
        return new Route(leg.demand().name(), route.hops(), leg.demand().bandwidthBits(), latency(leg), route.meter());
    }

    /** Takes the labels and the meter of one direction; null: something is exhausted. */
    private @Nullable Route route(Leg leg, Taking taking) {
        Demand demand = leg.demand();
        List<Lane> lanes = new ArrayList<>(leg.links().size());
        for (int i = 0; i < leg.links().size(); i++) {
            Link link = leg.links().get(i);
            Label label = taking.label(link, leg.fields().get(i));
            if (label != null) {
                lanes.add(lane(link, label));
            }
        }
        Integer meter = demand.bandwidthBits() == null ? null : taking.meter(demand, switchOf(demand.from()));
        if (!taking.exhausted.isEmpty()) {
            return null;
        }
        return new Route(demand.name(), hops(leg, lanes), demand.bandwidthBits(), latency(leg), meter);
    }

    /** Returns the switches of a route without branches, in order. */
    private List<Hop> hops(Leg leg, List<Lane> lanes) {
        List<Hop> hops = new ArrayList<>(lanes.size() + 1);
        String node = leg.demand().from();
        Edge entry = new AtEndpoint(leg.demand().enters());
        for (int i = 0; i < lanes.size(); i++) {
            hops.add(Hop.straight(node, switchOf(node), entry, Face.working(lanes.get(i), i + 1)));
            entry = lanes.get(i);
            node = leg.links().get(i).spec().to().node();
        }
        hops.add(Hop.straight(
                node,
                switchOf(node),
                entry,
                Face.working(new AtEndpoint(leg.demand().leaves()), null)));
        return hops;
    }

    private Lane lane(Link link, Label label) {
        LinkEnd from = link.spec().from();
        LinkEnd to = link.spec().to();
        return new Lane(
                link.id().name(),
                label,
                ports.find(switchOf(from.node()), from.port()),
                from.port(),
                ports.find(switchOf(to.node()), to.port()),
                to.port());
    }

    private DatapathId switchOf(String name) {
        Node node = topology.node(name);
        if (node == null) {
            throw new IllegalStateException("The plan contains the unknown node %s.".formatted(name));
        }
        return node.spec().datapathId();
    }

    private long latency(Leg leg) {
        return Saturated.sum(leg.links(), topology::latencyNanos);
    }
}
