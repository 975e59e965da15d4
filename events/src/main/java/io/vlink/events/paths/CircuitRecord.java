package io.vlink.events.paths;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a circuit in Kafka. Each fact is stated once, and implied facts are left out: the switch of a node, and
 * the entry of a hop from another one, which the lane at the sending face states.
 *
 * @param number unique among the circuits of one overlay while the circuit exists; part of the cookie of its rules
 * @param generation the generation of the network that it realises
 * @param nodes the switch of each crossed node, by the node's name
 * @param ends where traffic enters and leaves; a vlink has two, {@code fromEndpoint} first
 * @param routes the route from each end; a vlink has two, forward and reverse
 */
record CircuitRecord(
        long number, long generation, Map<String, DatapathId> nodes, List<OfEnd> ends, List<OfRoute> routes) {

    /**
     * One end of a circuit, and its attachment.
     *
     * @param node the node's name
     * @param attachment id of the attachment that holds this end; absent while none does
     * @param port number of its port; absent while no port of the switch has the declared name
     */
    record OfEnd(
            String node,
            @Nullable String attachment,
            @Nullable PortNumber port) {}

    /**
     * The route from one end: a graph of hops that begins at the first.
     *
     * @param name the user's name of the path; for people
     * @param hops the crossings of switches, at least one; first those of the working path, in order of travel
     * @param bandwidthBits bit/s reserved on every link and policed at the first hop; absent: best effort
     * @param latencyNanos the sum of the latencies of the working path's links, in nanoseconds
     * @param meter the number of the meter at the first hop's switch; present exactly where {@code bandwidthBits} is
     */
    record OfRoute(
            @Nullable String name,
            List<OfHop> hops,
            @Nullable Long bandwidthBits,
            long latencyNanos,
            @Nullable Integer meter) {}

    /**
     * One crossing of a switch. Each incoming frame leaves by every branch. {@code lane} and {@code to} are short forms
     * of one branch with one working face.
     *
     * @param id distinguishes hops of the route in the same switch; part of the cookie of its rules; absent: 0
     * @param node the node's name
     * @param from the index of the end whose traffic enters here, from 0; absent: none does
     * @param lanes lanes that arrive here although no face of the route sends on them; absent: none do
     * @param lane the lane by which frames leave, to the next hop in the list
     * @param to the index of the end at which frames leave, from 0
     * @param branches all destinations of frames; absent where {@code lane} or {@code to} states the only one, or none
     *     is left
     */
    record OfHop(
            @Nullable Integer id,
            String node,
            @Nullable Integer from,
            @Nullable List<Lane> lanes,
            @Nullable Lane lane,
            @Nullable Integer to,
            @Nullable List<OfBranch> branches) {}

    /**
     * One of the destinations to which a hop sends each frame.
     *
     * @param faces the ways to the destination, at least one; the first live one carries
     */
    record OfBranch(List<OfFace> faces) {}

    /**
     * One way out of a hop.
     *
     * @param lane the lane by which frames leave; absent at an end
     * @param to the index of the end at which frames leave, from 0; absent at a lane
     * @param next the index of the hop that the lane leads to, from 0; -1: the lane no longer leads to any; absent: the
     *     next hop in the list
     * @param role the role of the face; absent: working
     */
    record OfFace(
            @Nullable Lane lane,
            @Nullable Integer to,
            @Nullable Integer next,
            @Nullable Role role) {}

    private static final int NOWHERE = -1;

    // ---- writing

    static CircuitRecord of(Circuit circuit) {
        Map<String, DatapathId> nodes = new LinkedHashMap<>();
        List<OfEnd> ends = new ArrayList<>(circuit.endpoints().size());
        for (Endpoint endpoint : circuit.endpoints()) {
            nodes.put(endpoint.node(), endpoint.datapathId());
            ends.add(new OfEnd(endpoint.node(), endpoint.attachment(), endpoint.port()));
        }
        List<OfRoute> routes = new ArrayList<>(circuit.routes().size());
        for (Route route : circuit.routes()) {
            List<OfHop> hops = new ArrayList<>(route.hops().size());
            for (Hop hop : route.hops()) {
                nodes.put(hop.node(), hop.datapathId());
                hops.add(written(hop, hops.size(), route));
            }
            routes.add(new OfRoute(route.name(), hops, route.bandwidthBits(), route.latencyNanos(), route.meter()));
        }
        return new CircuitRecord(circuit.number(), circuit.generation(), nodes, ends, routes);
    }

    private static OfHop written(Hop hop, int place, Route route) {
        Integer from = null;
        List<Lane> unled = null;
        for (Edge entry : hop.entries()) {
            switch (entry) {
                case AtEndpoint(int endpoint) -> from = endpoint;
                case Lane lane -> {
                    if (!isLedTo(route, place, lane)) {
                        unled = unled == null ? new ArrayList<>() : unled;
                        unled.add(lane);
                    }
                }
            }
        }
        Integer id = hop.id() == 0 ? null : hop.id();
        Face only = only(hop);
        if (only != null && only.edge() instanceof AtEndpoint(int endpoint)) {
            return new OfHop(id, hop.node(), from, unled, null, endpoint, null);
        }
        if (only != null && only.edge() instanceof Lane lane && only.next() != null && only.next() == place + 1) {
            return new OfHop(id, hop.node(), from, unled, lane, null, null);
        }
        return new OfHop(id, hop.node(), from, unled, null, null, written(hop.branches(), place));
    }

    /** Returns the only face of a hop, if it is a working one; null if there are more, or none. */
    private static @Nullable Face only(Hop hop) {
        if (hop.branches().size() != 1 || hop.branches().getFirst().faces().size() != 1) {
            return null;
        }
        Face face = hop.branches().getFirst().first();
        return face.role() == Role.WORKING ? face : null;
    }

    private static boolean isLedTo(Route route, int place, Lane lane) {
        for (Hop hop : route.hops()) {
            for (Branch branch : hop.branches()) {
                for (Face face : branch.faces()) {
                    if (face.next() != null
                            && face.next() == place
                            && face.edge().equals(lane)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static @Nullable List<OfBranch> written(List<Branch> branches, int place) {
        if (branches.isEmpty()) {
            return null;
        }
        List<OfBranch> written = new ArrayList<>(branches.size());
        for (Branch branch : branches) {
            List<OfFace> faces = new ArrayList<>(branch.faces().size());
            for (Face face : branch.faces()) {
                Role role = face.role() == Role.WORKING ? null : face.role();
                faces.add(
                        switch (face.edge()) {
                            case AtEndpoint(int endpoint) -> new OfFace(null, endpoint, null, role);
                            case Lane lane -> new OfFace(lane, null, next(face, place), role);
                        });
            }
            written.add(new OfBranch(faces));
        }
        return written;
    }

    private static @Nullable Integer next(Face face, int place) {
        Integer next = face.next();
        if (next == null) {
            return NOWHERE;
        }
        return next == place + 1 ? null : next;
    }

    // ---- reading

    /**
     * Reads the circuit.
     *
     * @throws IllegalArgumentException if the record contradicts itself
     */
    Circuit circuit() {
        List<Endpoint> read = new ArrayList<>(ends.size());
        for (OfEnd endpoint : ends) {
            read.add(new Endpoint(endpoint.node(), switchOf(endpoint.node()), endpoint.attachment(), endpoint.port()));
        }
        List<Route> ways = new ArrayList<>(routes.size());
        for (OfRoute route : routes) {
            ways.add(new Route(
                    route.name(), hops(route.hops()), route.bandwidthBits(), route.latencyNanos(), route.meter()));
        }
        return new Circuit(number, generation, read, ways);
    }

    private DatapathId switchOf(String node) {
        DatapathId datapathId = nodes.get(node);
        if (datapathId == null) {
            throw new IllegalArgumentException("The circuit's nodes name no switch of the node %s.".formatted(node));
        }
        return datapathId;
    }

    private List<Hop> hops(List<OfHop> written) {
        List<List<Edge>> entries = new ArrayList<>(written.size());
        List<List<Branch>> branches = new ArrayList<>(written.size());
        for (int i = 0; i < written.size(); i++) {
            OfHop hop = written.get(i);
            List<Edge> in = new ArrayList<>(2);
            if (hop.from() != null) {
                in.add(new AtEndpoint(hop.from()));
            }
            if (hop.lanes() != null) {
                in.addAll(hop.lanes());
            }
            entries.add(in);
            branches.add(branches(hop, i));
        }
        for (List<Branch> out : branches) {
            for (Branch branch : out) {
                for (Face face : branch.faces()) {
                    if (face.next() != null && face.next() >= 0 && face.next() < entries.size()) {
                        entries.get(face.next()).add(face.edge());
                    }
                }
            }
        }
        List<Hop> hops = new ArrayList<>(written.size());
        for (int i = 0; i < written.size(); i++) {
            OfHop hop = written.get(i);
            hops.add(new Hop(
                    hop.id() == null ? 0 : hop.id(),
                    hop.node(),
                    switchOf(hop.node()),
                    entries.get(i),
                    branches.get(i)));
        }
        return hops;
    }

    private static List<Branch> branches(OfHop hop, int place) {
        if (hop.lane() != null) {
            return List.of(Branch.of(Face.working(hop.lane(), place + 1)));
        }
        if (hop.to() != null) {
            return List.of(Branch.of(Face.working(new AtEndpoint(hop.to()), null)));
        }
        if (hop.branches() == null) {
            return List.of();
        }
        List<Branch> read = new ArrayList<>(hop.branches().size());
        for (OfBranch branch : hop.branches()) {
            List<Face> faces = new ArrayList<>(branch.faces().size());
            for (OfFace face : branch.faces()) {
                faces.add(face(face, place));
            }
            read.add(new Branch(faces));
        }
        return read;
    }

    private static Face face(OfFace face, int place) {
        Role role = face.role() == null ? Role.WORKING : face.role();
        if (face.lane() == null) {
            if (face.to() == null) {
                throw new IllegalArgumentException("A face must have a lane, or lead to an end.");
            }
            return new Face(new AtEndpoint(face.to()), null, role);
        }
        Integer next = face.next();
        if (next == null) {
            next = place + 1;
        }
        return new Face(face.lane(), next == NOWHERE ? null : next, role);
    }
}
