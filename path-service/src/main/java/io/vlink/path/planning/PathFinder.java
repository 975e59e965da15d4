package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Finds the path of least latency; of several, the one with the fewest hops; of several, the first by the names of its links.
 * Therefore the same topology always gives the same path.
 */
final class PathFinder {

    private static final Comparator<Distance> NEAREST =
            Comparator.comparingLong(Distance::nanos).thenComparingInt(Distance::hops);

    private final Topology topology;

    PathFinder(Topology topology) {
        this.topology = topology;
    }

    /** The distance of a node from the destination. */
    private record Distance(String node, long nanos, int hops) {

        Distance before(Link link, long latencyNanos) {
            return new Distance(link.spec().from().node(), Saturated.sum(nanos, latencyNanos), hops + 1);
        }
    }

    /** Finds the best path over usable links; it has no links if both are one node. */
    Optional<List<Link>> best(String from, String to, Predicate<Link> usable) {
        return best(from, to, usable, topology::latencyNanos);
    }

    /** Finds the best path with {@code nanos} as the latency of a link, which must be constant for each link. */
    Optional<List<Link>> best(String from, String to, Predicate<Link> usable, ToLongFunction<Link> nanos) {
        Map<String, Distance> distances = distances(from, to, usable, nanos);
        if (!distances.containsKey(from)) {
            return Optional.empty();
        }
        List<Link> path = new ArrayList<>();
        for (String node = from; !node.equals(to); ) {
            Link link = firstOnward(node, distances, usable, nanos);
            path.add(link);
            node = link.spec().to().node();
        }
        return Optional.of(path);
    }

    /** Runs Dijkstra's algorithm from the destination, which allows a comparison of names from the start on afterwards. */
    private Map<String, Distance> distances(
            String from, String to, Predicate<Link> usable, ToLongFunction<Link> nanos) {
        Map<String, Distance> distances = new HashMap<>();
        Set<String> settled = new HashSet<>();
        PriorityQueue<Distance> open = new PriorityQueue<>(NEAREST);
        Distance start = new Distance(to, 0, 0);
        distances.put(to, start);
        open.add(start);
        while (!open.isEmpty()) {
            Distance nearest = open.remove();
            if (!settled.add(nearest.node())) {
                continue;
            }
            if (nearest.node().equals(from)) {
                break;
            }
            for (Link link : topology.linksTo(nearest.node())) {
                if (settled.contains(link.spec().from().node()) || !usable.test(link)) {
                    continue;
                }
                Distance next = nearest.before(link, nanos.applyAsLong(link));
                Distance known = distances.get(next.node());
                if (known == null || NEAREST.compare(next, known) < 0) {
                    distances.put(next.node(), next);
                    open.add(next);
                }
            }
        }
        distances.keySet().retainAll(settled);
        return distances;
    }

    private Link firstOnward(
            String node, Map<String, Distance> distances, Predicate<Link> usable, ToLongFunction<Link> nanos) {
        Distance here = distances.get(node);
        for (Link link : topology.linksFrom(node)) {
            Distance next = distances.get(link.spec().to().node());
            if (next != null
                    && usable.test(link)
                    && next.before(link, nanos.applyAsLong(link)).equals(here)) {
                return link;
            }
        }
        throw new IllegalStateException(
                "No link leads on from the node %s, whose distance is %s.".formatted(node, here));
    }
}
