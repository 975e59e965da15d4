package io.vlink.path.path;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.Violation;
import io.vlink.events.links.Link;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.End;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.RefusalReason;
import io.vlink.events.paths.Route;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes circuits of plans: takes labels, meters and a number for a new one, or fits an old one to new wishes. */
final class CircuitMaker {

    private final Topology topology;
    private final PortTable ports;
    private final Pools pools;
    private final Displacement displacement;

    CircuitMaker(Topology topology, PortTable ports, Pools pools, Displacement displacement) {
        this.topology = topology;
        this.ports = ports;
        this.pools = pools;
        this.displacement = displacement;
    }

    /** What making a circuit comes to: the circuit, or what is exhausted (and nothing was taken). */
    record Made(@Nullable Circuit circuit, List<Violation> exhausted) {}

    /** One attempt: all or nothing. */
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
                        RefusalReason.LabelsExhausted,
                        "The link %s has no free label: %s.".formatted(link.id().name(), pools.labelsLeft(link))));
                return null;
            }
            giveBack.push(() -> pools.giveBackLabel(link, taken.getAsLong()));
            return new Label(link.spec().kind().labels(), (int) taken.getAsLong());
        }

        @Nullable Integer meter(Leg leg, DatapathId datapathId) {
            OptionalLong taken = pools.takeMeter(owner, datapathId);
            if (taken.isEmpty()) {
                exhausted.add(new Violation(
                        leg.field() + ".capabilities.bandwidthBits",
                        RefusalReason.MetersExhausted,
                        "The switch %s has no free meter: %s.".formatted(datapathId, pools.metersLeft(datapathId))));
                return null;
            }
            giveBack.push(() -> pools.giveBackMeter(datapathId, taken.getAsLong()));
            return (int) taken.getAsLong();
        }
    }

    Made make(NetworkId owner, Plan.Granted plan, long generation) {
        OptionalLong number = pools.takeCircuit(owner);
        if (number.isEmpty()) {
            return new Made(
                    null,
                    List.of(new Violation(
                            "$",
                            RefusalReason.CircuitsExhausted,
                            "The overlay has no free circuit number: %s.".formatted(pools.circuitsLeft()))));
        }
        Taking taking = new Taking(owner);
        taking.giveBack.push(() -> pools.giveBackCircuit(number.getAsLong()));
        Route forward = route(plan.forward(), taking);
        Route reverse = route(plan.reverse(), taking);
        if (!taking.exhausted.isEmpty()) {
            taking.giveBack.forEach(Runnable::run);
            return new Made(null, taking.exhausted);
        }
        return new Made(
                new Circuit(
                        number.getAsLong(), generation, end(forward.first()), end(reverse.first()), forward, reverse),
                List.of());
    }

    /** Whether a circuit can go on as it is under this plan: same switches, links and labels, policed where it was. */
    boolean keeps(Circuit circuit, Plan.Granted plan) {
        return keeps(circuit.forward(), plan.forward())
                && keeps(circuit.reverse(), plan.reverse())
                && !displacement.isDisplaced(circuit);
    }

    /** The same circuit for a new generation. */
    Circuit renew(Circuit circuit, Plan.Granted plan, long generation) {
        return new Circuit(
                circuit.number(),
                generation,
                circuit.from(),
                circuit.to(),
                renew(circuit.forward(), plan.forward()),
                renew(circuit.reverse(), plan.reverse()));
    }

    private static boolean keeps(Route route, Leg leg) {
        return route.first().node().equals(leg.spec().fromEndpoint())
                && route.links().equals(leg.linkNames())
                && (route.bandwidthBits() == null) == (leg.bandwidthBits() == null);
    }

    private Route renew(Route route, Leg leg) {
        return new Route(leg.spec().name(), route.hops(), leg.bandwidthBits(), latency(leg), route.meter());
    }

    private Route route(Leg leg, Taking taking) {
        List<Hop> hops = new ArrayList<>(leg.links().size() + 1);
        String node = leg.spec().fromEndpoint();
        Link in = null;
        Label inLabel = null;
        for (int i = 0; i < leg.links().size(); i++) {
            Link out = leg.links().get(i);
            Label outLabel = taking.label(out, leg.fields().get(i));
            hops.add(hop(node, in, inLabel, out, outLabel));
            in = out;
            inLabel = outLabel;
            node = out.spec().to().node();
        }
        hops.add(hop(node, in, inLabel, null, null));
        Integer meter = leg.bandwidthBits() == null
                ? null
                : taking.meter(leg, hops.getFirst().datapathId());
        return new Route(leg.spec().name(), hops, leg.bandwidthBits(), latency(leg), meter);
    }

    private Hop hop(
            String name, @Nullable Link in, @Nullable Label inLabel, @Nullable Link out, @Nullable Label outLabel) {
        Node node = topology.node(name);
        if (node == null) {
            throw new IllegalStateException("The node %s was planned with, but is unknown.".formatted(name));
        }
        DatapathId datapathId = node.spec().datapathId();
        return new Hop(
                name,
                datapathId,
                in == null ? null : in.id().name(),
                in == null ? null : ports.find(datapathId, in.spec().to().port()),
                inLabel,
                out == null ? null : out.id().name(),
                out == null ? null : ports.find(datapathId, out.spec().from().port()),
                outLabel,
                in == null ? null : in.spec().to().port(),
                out == null ? null : out.spec().from().port());
    }

    private long latency(Leg leg) {
        return leg.links().stream().mapToLong(topology::latencyNanos).reduce(0, Saturated::sum);
    }

    private static End end(Hop hop) {
        return new End(hop.node(), hop.datapathId(), null, null);
    }
}
