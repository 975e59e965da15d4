package io.vlink.path.path;

import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.End;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the port numbers of a circuit's hops true to what their locators mean now. What links are declared to be since makes
 * no difference. A number where another network holds the same label, or where there is no room beside what goes over another
 * link, or that a workload has, is not followed to.
 */
final class Ports {

    private final Topology topology;
    private final PortTable table;
    private final Pools pools;
    private final Reservations reservations;
    private final NetworkIndex index;

    Ports(Topology topology, PortTable table, Pools pools, Reservations reservations, NetworkIndex index) {
        this.topology = topology;
        this.table = table;
        this.pools = pools;
        this.reservations = reservations;
        this.index = index;
    }

    /** The same circuit with the port numbers of now. */
    Circuit refresh(NetworkState owner, Circuit circuit) {
        return refresh(owner, circuit, true);
    }

    /** As {@link #refresh}, but a port that was lost once stays so: such a circuit serves no more. */
    Circuit refreshRetiring(NetworkState owner, Circuit circuit) {
        return refresh(owner, circuit, false);
    }

    private Circuit refresh(NetworkState owner, Circuit circuit, boolean finds) {
        Route forward = refresh(owner, circuit.forward(), finds);
        Route reverse = refresh(owner, circuit.reverse(), finds);
        return forward.equals(circuit.forward()) && reverse.equals(circuit.reverse())
                ? circuit
                : new Circuit(circuit.number(), circuit.generation(), circuit.from(), circuit.to(), forward, reverse);
    }

    private Route refresh(NetworkState owner, Route route, boolean finds) {
        List<Hop> hops = new ArrayList<>(route.hops().size());
        boolean changed = false;
        for (Hop hop : route.hops()) {
            Hop fresh = refresh(owner, hop, route.bandwidthBits(), finds);
            hops.add(fresh);
            changed |= !fresh.equals(hop);
        }
        return changed
                ? new Route(route.name(), hops, route.bandwidthBits(), route.latencyNanos(), route.meter())
                : route;
    }

    private Hop refresh(NetworkState owner, Hop hop, @Nullable Long bits, boolean finds) {
        PortLocator inLocator = hop.inLink() == null ? null : locator(hop, hop.inLink(), false);
        PortLocator outLocator = hop.outLink() == null ? null : locator(hop, hop.outLink(), true);
        PortNumber in = inLocator == null || (hop.inPort() == null && !finds)
                ? hop.inPort()
                : port(owner, hop, inLocator, false, bits);
        PortNumber out = outLocator == null || (hop.outPort() == null && !finds)
                ? hop.outPort()
                : port(owner, hop, outLocator, true, bits);
        return Objects.equals(in, hop.inPort())
                        && Objects.equals(out, hop.outPort())
                        && Objects.equals(inLocator, hop.inLocator())
                        && Objects.equals(outLocator, hop.outLocator())
                ? hop
                : new Hop(
                        hop.node(),
                        hop.datapathId(),
                        hop.inLink(),
                        in,
                        hop.inLabel(),
                        hop.outLink(),
                        out,
                        hop.outLabel(),
                        inLocator,
                        outLocator);
    }

    /** As recorded; in a record from before there were locators, what the link says, or else the number as last known. */
    private @Nullable PortLocator locator(Hop hop, String name, boolean sending) {
        PortLocator recorded = sending ? hop.outLocator() : hop.inLocator();
        if (recorded != null) {
            return recorded;
        }
        Link link = topology.lastKnownLink(name);
        LinkEnd end =
                link == null ? null : sending ? link.spec().from() : link.spec().to();
        if (end != null && end.node().equals(hop.node())) {
            return end.port();
        }
        PortNumber before = sending ? hop.outPort() : hop.inPort();
        return before == null ? null : PortLocator.of(before);
    }

    private @Nullable PortNumber port(
            NetworkState owner, Hop hop, PortLocator locator, boolean sending, @Nullable Long bits) {
        PortNumber before = sending ? hop.outPort() : hop.inPort();
        PortNumber now = table.find(hop.datapathId(), locator);
        if (now == null || now.equals(before)) {
            return now;
        }
        SwitchPort port = new SwitchPort(hop.datapathId(), now);
        WireSide side = WireSide.of(sending, hop.datapathId(), now, locator);
        Label label = sending ? hop.outLabel() : hop.inLabel();
        boolean taken = !index.claiming(port).isEmpty()
                || (label != null && !pools.isFree(owner.id(), side, label))
                || (bits != null && crowds(owner, side, port, bits, sending ? hop.outLink() : hop.inLink()));
        return taken ? null : now;
    }

    /**
     * Whether a network has no room at a port beside what others have there over another link. Over its own link it had room
     * before, and lowered capacity evicts nobody.
     */
    private boolean crowds(NetworkState owner, WireSide side, SwitchPort port, long bits, @Nullable String name) {
        long others = reservations.at(side) - owner.footprint().reserved().getOrDefault(side, 0L);
        Link link = name == null ? null : topology.link(name);
        if (others == 0
                || (link != null && Saturated.sum(others, bits) <= link.spec().capacityBits())) {
            return false;
        }
        return index.wiredAt(port).stream()
                .filter(network -> !network.id().equals(owner.id()))
                .flatMap(network -> network.circuits().stream())
                .anyMatch(circuit -> crosses(circuit, side, name));
    }

    /** Whether a circuit goes through this side of a wire over a link of another name. */
    private static boolean crosses(Circuit circuit, WireSide side, @Nullable String name) {
        return Stream.of(circuit.forward(), circuit.reverse())
                .flatMap(route -> route.hops().stream())
                .anyMatch(hop -> side.sending()
                        ? hop.outLink() != null
                                && !hop.outLink().equals(name)
                                && WireSide.sender(hop).equals(side)
                        : hop.inLink() != null
                                && !hop.inLink().equals(name)
                                && WireSide.receiver(hop).equals(side));
    }

    /**
     * What is left at the ports that a circuit left for others, as a circuit of its own that holds the labels there and no
     * more; null: nothing is.
     */
    static @Nullable Circuit former(Circuit before, Circuit now, long number) {
        List<Hop> forward = left(before.forward(), now.forward());
        List<Hop> reverse = left(before.reverse(), now.reverse());
        if (forward.isEmpty() && reverse.isEmpty()) {
            return null;
        }
        Hop any = forward.isEmpty() ? reverse.getFirst() : forward.getFirst();
        return new Circuit(
                number,
                before.generation(),
                new End(before.from().node(), before.from().datapathId(), null, null),
                new End(before.to().node(), before.to().datapathId(), null, null),
                former(forward, any),
                former(reverse, any));
    }

    private static Route former(List<Hop> hops, Hop any) {
        Hop bare = new Hop(any.node(), any.datapathId(), null, null, null, null, null, null);
        return new Route(null, hops.isEmpty() ? List.of(bare) : hops, null, 0, null);
    }

    private static List<Hop> left(Route before, Route now) {
        List<Hop> left = new ArrayList<>();
        for (int i = 0; i < before.hops().size(); i++) {
            Hop was = before.hops().get(i);
            Hop is = now.hops().get(i);
            boolean in = was.inPort() != null && !was.inPort().equals(is.inPort());
            boolean out = was.outPort() != null && !was.outPort().equals(is.outPort());
            if (in || out) {
                left.add(new Hop(
                        was.node(),
                        was.datapathId(),
                        in ? was.inLink() : null,
                        in ? was.inPort() : null,
                        in ? was.inLabel() : null,
                        out ? was.outLink() : null,
                        out ? was.outPort() : null,
                        out ? was.outLabel() : null,
                        in ? is.inLocator() : null,
                        out ? is.outLocator() : null));
            }
        }
        return left;
    }

    /** Whether a circuit is at all ports where a former one was left. */
    static boolean covers(Circuit one, Circuit left) {
        return covers(one.forward(), left.forward()) && covers(one.reverse(), left.reverse());
    }

    private static boolean covers(Route route, Route leftRoute) {
        for (Hop left : leftRoute.hops()) {
            boolean in = left.inPort() == null || at(route, left, false);
            boolean out = left.outPort() == null || at(route, left, true);
            if (!in || !out) {
                return false;
            }
        }
        return true;
    }

    private static boolean at(Route route, Hop left, boolean sending) {
        for (Hop hop : route.hops()) {
            if (hop.datapathId().equals(left.datapathId())
                    && (sending
                            ? Objects.equals(hop.outPort(), left.outPort())
                                    && Objects.equals(hop.outLabel(), left.outLabel())
                            : Objects.equals(hop.inPort(), left.inPort())
                                    && Objects.equals(hop.inLabel(), left.inLabel()))) {
                return true;
            }
        }
        return false;
    }
}
