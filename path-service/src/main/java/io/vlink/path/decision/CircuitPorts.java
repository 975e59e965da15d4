package io.vlink.path.decision;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.paths.Branch;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import io.vlink.events.paths.Span;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Updates the port numbers of a circuit's hops to what their locators mean now. Later declarations of links make no
 * difference. A circuit does not follow to a port where another network holds the same label, where the traffic of
 * another link leaves too little bandwidth, or that a workload has.
 */
final class CircuitPorts {

    private final Topology topology;
    private final PortTable table;
    private final Pools pools;
    private final Reservations reservations;
    private final NetworkIndex index;

    CircuitPorts(Topology topology, PortTable table, Pools pools, Reservations reservations, NetworkIndex index) {
        this.topology = topology;
        this.table = table;
        this.pools = pools;
        this.reservations = reservations;
        this.index = index;
    }

    /** Returns the same circuit with present port numbers. */
    Circuit refresh(NetworkState owner, Circuit circuit) {
        return refresh(owner, circuit, true);
    }

    /** Works as {@link #refresh}, but leaves out a port once it is lost: such a circuit is no longer used. */
    Circuit refreshRemovals(NetworkState owner, Circuit circuit) {
        return refresh(owner, circuit, false);
    }

    private Circuit refresh(NetworkState owner, Circuit circuit, boolean finds) {
        List<Route> routes = new ArrayList<>(circuit.routes().size());
        for (Route route : circuit.routes()) {
            routes.add(refresh(owner, route, finds));
        }
        return circuit.withRoutes(routes);
    }

    private Route refresh(NetworkState owner, Route route, boolean finds) {
        Map<Lane, Lane> changed = Map.of();
        for (Span span : route.spans()) {
            Lane lane = span.lane();
            Lane fresh = refresh(owner, span, route.bandwidthBits(), finds);
            if (!fresh.equals(lane)) {
                changed = changed.isEmpty() ? new HashMap<>() : changed;
                changed.put(lane, fresh);
            }
        }
        Map<Lane, Lane> now = changed;
        return now.isEmpty() ? route : route.withLanes(lane -> now.getOrDefault(lane, lane));
    }

    private Lane refresh(NetworkState owner, Span span, @Nullable Long bits, boolean finds) {
        Lane lane = span.lane();
        Side sends = new Side(span.sender(), lane, span.face().role(), true);
        Side receives = new Side(span.receiver(), lane, span.face().role(), false);
        PortLocator outLocator = locator(sends);
        PortLocator inLocator = locator(receives);
        return lane.at(
                port(owner, sends, outLocator, bits, finds),
                outLocator,
                port(owner, receives, inLocator, bits, finds),
                inLocator);
    }

    /** Returns the recorded locator; for a record older than locators, that of the link, or else the last known number. */
    private @Nullable PortLocator locator(Side side) {
        PortLocator recorded = side.locator();
        if (recorded != null) {
            return recorded;
        }
        Link link = topology.lastKnownLink(side.lane().link());
        LinkEnd end = link == null
                ? null
                : side.sending() ? link.spec().from() : link.spec().to();
        if (end != null && end.node().equals(side.hop().node())) {
            return end.port();
        }
        PortNumber before = side.port();
        return before == null ? null : PortLocator.of(before);
    }

    private @Nullable PortNumber port(
            NetworkState owner, Side side, @Nullable PortLocator locator, @Nullable Long bits, boolean finds) {
        PortNumber before = side.port();
        if (locator == null || (before == null && !finds)) {
            return before;
        }
        DatapathId datapathId = side.hop().datapathId();
        PortNumber now = table.find(datapathId, locator);
        if (now == null || now.equals(before)) {
            return now;
        }
        SwitchPort port = new SwitchPort(datapathId, now);
        WireSide there = WireSide.of(side.sending(), datapathId, now, locator);
        Lane lane = side.lane();
        boolean taken = !index.claiming(port).isEmpty()
                || !pools.isFree(owner.id(), there, lane.label())
                || (bits != null && crowds(owner, there, port, bits, lane.link()));
        return taken ? null : now;
    }

    /**
     * Returns whether the traffic of another link leaves a network too little bandwidth at a port. On its own link it
     * was admitted before, and lowered capacity evicts nobody.
     */
    private boolean crowds(NetworkState owner, WireSide side, SwitchPort port, long bits, String name) {
        long others =
                reservations.at(side) - owner.footprint().ways().reserved().getOrDefault(side, 0L);
        Link link = topology.link(name);
        if (others == 0 || (link != null && Saturated.sum(others, bits) <= reservations.reservable(link))) {
            return false;
        }
        return index.wiredAt(port).stream()
                .filter(network -> !network.id().equals(owner.id()))
                .flatMap(network -> network.circuits().stream())
                .anyMatch(circuit -> crosses(circuit, side, name));
    }

    /** Returns whether a circuit passes this side of a wire on a link of another name. */
    private static boolean crosses(Circuit circuit, WireSide wire, String name) {
        for (Side side : circuit.sides()) {
            if (!side.lane().link().equals(name) && WireSide.of(side).equals(wire)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the remains at the ports that a circuit left, as a circuit of its own that holds only the labels there; null:
     * there are none.
     */
    static @Nullable Circuit former(Circuit before, Circuit now, long number) {
        List<List<Hop>> left = new ArrayList<>(before.routes().size());
        Hop any = null;
        for (int i = 0; i < before.routes().size(); i++) {
            List<Hop> hops = left(before.routes().get(i), now.routes().get(i));
            left.add(hops);
            any = any == null && !hops.isEmpty() ? hops.getFirst() : any;
        }
        if (any == null) {
            return null;
        }
        Hop bare = new Hop(0, any.node(), any.datapathId(), List.of(), List.of());
        return new Circuit(
                number,
                before.generation(),
                before.endpoints().stream()
                        .map(endpoint -> new Endpoint(endpoint.node(), endpoint.datapathId(), null, null))
                        .toList(),
                left.stream()
                        .map(hops -> new Route(null, hops.isEmpty() ? List.of(bare) : hops, null, 0, null))
                        .toList());
    }

    /** Returns the hops with a remaining side of a lane: a remaining face leads nowhere, and nothing leads to a remaining entry. */
    private static List<Hop> left(Route before, Route now) {
        List<Hop> left = new ArrayList<>();
        for (int i = 0; i < before.hops().size(); i++) {
            Hop was = before.hops().get(i);
            Hop is = now.hops().get(i);
            List<Edge> entries = new ArrayList<>();
            for (int e = 0; e < was.entries().size(); e++) {
                Lane lane = left(was.entries().get(e), is.entries().get(e), false);
                if (lane != null) {
                    entries.add(lane);
                }
            }
            List<Branch> branches = new ArrayList<>();
            for (int b = 0; b < was.branches().size(); b++) {
                List<Face> faces = new ArrayList<>();
                for (int f = 0; f < was.branches().get(b).faces().size(); f++) {
                    Face face = was.branches().get(b).faces().get(f);
                    Lane lane = left(
                            face.edge(), is.branches().get(b).faces().get(f).edge(), true);
                    if (lane != null) {
                        faces.add(new Face(lane, null, face.role()));
                    }
                }
                if (!faces.isEmpty()) {
                    branches.add(new Branch(faces));
                }
            }
            if (!entries.isEmpty() || !branches.isEmpty()) {
                left.add(new Hop(was.id(), was.node(), was.datapathId(), entries, branches));
            }
        }
        return left;
    }

    /** Returns the side of a lane that has moved; null: it is unchanged, or was nowhere. */
    private static @Nullable Lane left(Edge before, Edge now, boolean sending) {
        if (!(before instanceof Lane was && now instanceof Lane is)) {
            return null;
        }
        PortNumber port = sending ? was.outPort() : was.inPort();
        if (port == null || port.equals(sending ? is.outPort() : is.inPort())) {
            return null;
        }
        return sending
                ? new Lane(was.link(), was.label(), port, is.outLocator(), null, null)
                : new Lane(was.link(), was.label(), null, null, port, is.inLocator());
    }

    /** Returns whether a circuit is at all ports of the remains. */
    static boolean covers(Circuit one, Circuit left) {
        for (int i = 0; i < left.routes().size(); i++) {
            List<Side> there = one.routes().get(i).sides();
            for (Side side : left.routes().get(i).sides()) {
                if (!covers(there, side)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean covers(List<Side> there, Side left) {
        for (Side side : there) {
            if (side.sending() == left.sending()
                    && side.hop().datapathId().equals(left.hop().datapathId())
                    && Objects.equals(side.port(), left.port())
                    && side.lane().label().equals(left.lane().label())) {
                return true;
            }
        }
        return false;
    }
}
