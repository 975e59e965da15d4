package io.vlink.events.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The route from one end: a graph of hops that begins at the first.
 *
 * @param name the user's name of the path; for people
 * @param hops the crossings of switches, at least one; first those of the working path, in order of travel
 * @param bandwidthBits bit/s reserved on every link and policed at the first hop; absent: best effort
 * @param latencyNanos the sum of the latencies of the working path's links, in nanoseconds
 * @param meter the number of the meter at the first hop's switch; present exactly where {@code bandwidthBits} is
 */
public record Route(
        @Nullable String name,
        List<Hop> hops,
        @Nullable Long bandwidthBits,
        long latencyNanos,
        @Nullable Integer meter) {

    public Route {
        hops = List.copyOf(hops);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("The hops of a route must not be empty.");
        }
        for (int i = 0; i < hops.size(); i++) {
            checkId(hops, i);
            for (Branch branch : hops.get(i).branches()) {
                for (Face face : branch.faces()) {
                    checkNext(hops, face);
                }
            }
        }
    }

    /** Two hops with one cookie in one switch would be indistinguishable. */
    private static void checkId(List<Hop> hops, int i) {
        Hop hop = hops.get(i);
        for (int j = 0; j < i; j++) {
            Hop other = hops.get(j);
            if (other.id() == hop.id() && other.datapathId().equals(hop.datapathId())) {
                throw new IllegalArgumentException(
                        "The switch %s is crossed twice, at %s and %s, by hops with the id %d."
                                .formatted(hop.datapathId(), other.node(), hop.node(), hop.id()));
            }
        }
    }

    private static void checkNext(List<Hop> hops, Face face) {
        Integer next = face.next();
        if (next == null) {
            return;
        }
        if (next < 0 || next >= hops.size()) {
            throw new IllegalArgumentException(
                    "The hop %d that %s leads to must be one of %d.".formatted(next, face.edge(), hops.size()));
        }
        if (!hops.get(next).entries().contains(face.edge())) {
            throw new IllegalArgumentException("The lane %s leads to %s, where it is no entry."
                    .formatted(face.edge(), hops.get(next).node()));
        }
    }

    /** The hop where frames enter, and are policed. */
    public Hop first() {
        return hops.getFirst();
    }

    /** The names of the links of the working path, in order of travel. */
    public List<String> links() {
        List<String> links = new ArrayList<>(hops.size());
        for (Span span : spans()) {
            if (span.face().role() == Role.WORKING) {
                links.add(span.lane().link());
            }
        }
        return links;
    }

    /** The names of the nodes of the working path, in order of travel. */
    public List<String> nodes() {
        List<String> nodes = new ArrayList<>(hops.size());
        nodes.add(first().node());
        for (Span span : spans()) {
            if (span.face().role() == Role.WORKING
                    && !nodes.contains(span.receiver().node())) {
                nodes.add(span.receiver().node());
            }
        }
        return nodes;
    }

    /** The working path, or what is left of it, switch by switch in order of travel; without the protection paths. */
    public List<Crossing> crossings() {
        List<Edge> aside = aside();
        List<Crossing> crossings = new ArrayList<>(hops.size());
        for (Hop hop : hops) {
            if (hop.entries().isEmpty()) {
                cross(hop, null, crossings);
            }
            for (Edge entry : hop.entries()) {
                if (!aside.contains(entry)) {
                    cross(hop, entry, crossings);
                }
            }
        }
        return crossings;
    }

    /** The lanes that carry nothing as long as nothing fails. */
    private List<Edge> aside() {
        List<Edge> aside = new ArrayList<>(0);
        for (Hop hop : hops) {
            for (Branch branch : hop.branches()) {
                for (Face face : branch.faces()) {
                    if (face.role() != Role.WORKING && face.edge() instanceof Lane) {
                        aside.add(face.edge());
                    }
                }
            }
        }
        return aside;
    }

    private static void cross(Hop hop, @Nullable Edge entry, List<Crossing> crossings) {
        if (hop.branches().isEmpty()) {
            crossings.add(new Crossing(hop, entry, null));
        }
        for (Branch branch : hop.branches()) {
            for (Face face : branch.faces()) {
                if (face.role() == Role.WORKING) {
                    crossings.add(new Crossing(hop, entry, face.edge()));
                }
            }
        }
    }

    /** Every lane with the hops that it joins, in the order of the hops that send on them. */
    public List<Span> spans() {
        List<Span> spans = new ArrayList<>(hops.size());
        for (Hop hop : hops) {
            for (Branch branch : hop.branches()) {
                for (Face face : branch.faces()) {
                    if (face.edge() instanceof Lane lane && face.next() != null) {
                        spans.add(new Span(hop, face, lane, hops.get(face.next())));
                    }
                }
            }
        }
        return spans;
    }

    /** Both sides of every lane, including lanes of which only one side is left. */
    public List<Side> sides() {
        List<Side> sides = new ArrayList<>(2 * hops.size());
        int entries = 0;
        for (Hop hop : hops) {
            for (Branch branch : hop.branches()) {
                for (Face face : branch.faces()) {
                    if (face.edge() instanceof Lane lane) {
                        sides.add(new Side(hop, lane, face.role(), true));
                        if (face.next() != null) {
                            sides.add(new Side(hops.get(face.next()), lane, face.role(), false));
                            entries++;
                        }
                    }
                }
            }
            for (Edge entry : hop.entries()) {
                entries -= entry instanceof Lane ? 1 : 0;
            }
        }
        if (entries != 0) {
            addUnled(sides);
        }
        return sides;
    }

    /** The receiving sides of lanes that no face of the route sends on. */
    private void addUnled(List<Side> sides) {
        for (Hop hop : hops) {
            for (Edge entry : hop.entries()) {
                if (entry instanceof Lane lane
                        && sides.stream()
                                .noneMatch(
                                        side -> !side.sending() && side.lane().equals(lane))) {
                    sides.add(new Side(hop, lane, Role.WORKING, false));
                }
            }
        }
    }

    /** Whether all ports of all lanes are known. */
    public boolean portsKnown() {
        for (Hop hop : hops) {
            for (Branch branch : hop.branches()) {
                for (Face face : branch.faces()) {
                    if (face.edge() instanceof Lane lane && !lane.portsKnown()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /**
     * Returns the route with each lane replaced by the result of {@code change}, which is called at the face and at the
     * entry.
     */
    public Route withLanes(UnaryOperator<Lane> change) {
        List<Hop> changed = new ArrayList<>(hops.size());
        for (Hop hop : hops) {
            changed.add(new Hop(
                    hop.id(),
                    hop.node(),
                    hop.datapathId(),
                    hop.entries().stream().map(entry -> changed(entry, change)).toList(),
                    hop.branches().stream()
                            .map(branch -> new Branch(branch.faces().stream()
                                    .map(face -> new Face(changed(face.edge(), change), face.next(), face.role()))
                                    .toList()))
                            .toList()));
        }
        return new Route(name, changed, bandwidthBits, latencyNanos, meter);
    }

    private static Edge changed(Edge edge, UnaryOperator<Lane> change) {
        return edge instanceof Lane lane ? change.apply(lane) : edge;
    }
}
