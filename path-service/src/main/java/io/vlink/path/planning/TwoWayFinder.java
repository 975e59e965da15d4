package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds a path whose latency is small enough both there and on the way back: of all such paths, the one that
 * {@link PathFinder} would find. At each node it keeps the ways there of which no other is faster in both directions, as BOA*
 * (Hernández et al., 2020) does. There may be very many, so a search ends after a number of steps.
 */
final class TwoWayFinder {

    /** Maximum number of ways that one search goes on from; about 0.1 s. */
    static final int MAX_STEPS = 50_000;

    private static final Comparator<Way> BEST =
            Comparator.comparingLong(Way::atLeast).thenComparingInt(Way::hops).thenComparing(TwoWayFinder::byNames);

    private final Topology topology;
    private final PathFinder finder;
    private long looks;

    TwoWayFinder(Topology topology, PathFinder finder) {
        this.topology = topology;
        this.finder = finder;
    }

    /** The result of a search. */
    sealed interface Result {

        record Found(List<Link> links) implements Result {}

        /** No path is fast enough both ways. */
        record None() implements Result {}

        /** The search ended before all paths were ruled out. */
        record CutShort() implements Result {}
    }

    /**
     * A way from the start to a node.
     *
     * @param there its latency
     * @param back latency of its opposite links
     * @param atLeast latency there of the fastest path that begins so
     */
    private record Way(
            String node,
            long there,
            long back,
            int hops,
            long atLeast,
            @Nullable Way before,
            @Nullable Link link) {

        List<String> names() {
            List<String> names = new ArrayList<>(hops);
            for (Way way = this; way != null && way.link != null; way = way.before) {
                names.add(way.link.id().name());
            }
            return names.reversed();
        }

        List<Link> links() {
            List<Link> links = new ArrayList<>(hops);
            for (Way way = this; way != null && way.link != null; way = way.before) {
                links.add(way.link);
            }
            return List.copyOf(links.reversed());
        }
    }

    /**
     * One search.
     *
     * @param there smallest latency to the destination, of each node from which it is small enough
     * @param back smallest latency of the way back from the destination, likewise
     */
    private record Task(
            String to,
            LinkGrades grades,
            ToLongFunction<Link> backNanos,
            long max,
            Map<String, Long> there,
            Map<String, Long> back) {}

    /** Counts the links that all searches together have looked at. */
    long looks() {
        return looks;
    }

    /**
     * Finds the best path over usable links.
     *
     * @param backNanos latency of the link opposite to one
     * @param max largest latency in each direction, in nanoseconds
     */
    Result find(String from, String to, LinkGrades grades, ToLongFunction<Link> backNanos, long max) {
        Task task = new Task(
                to,
                grades,
                backNanos,
                max,
                finder.distances(to, grades, topology::latencyNanos, max),
                finder.distances(to, grades, backNanos, max));
        Long least = task.there().get(from);
        if (least == null || !task.back().containsKey(from)) {
            return new Result.None();
        }
        // Ways arrive at each node in ascending order of their latency there: one that is not faster on the way back
        // than
        // all before it leads to nothing better.
        Map<String, Long> fastestBack = new HashMap<>();
        PriorityQueue<Way> open = new PriorityQueue<>(BEST);
        open.add(new Way(from, 0, 0, 0, least, null, null));
        int steps = 0;
        for (Way way = open.poll(); way != null; way = open.poll()) {
            if (!isFaster(way.back(), fastestBack.get(way.node()))) {
                continue;
            }
            if (way.node().equals(to)) {
                return new Result.Found(way.links());
            }
            if (++steps > MAX_STEPS) {
                return new Result.CutShort();
            }
            fastestBack.put(way.node(), way.back());
            goOn(way, task, fastestBack, open);
        }
        return new Result.None();
    }

    private void goOn(Way way, Task task, Map<String, Long> fastestBack, PriorityQueue<Way> open) {
        for (Link link : topology.linksFrom(way.node())) {
            looks++;
            String next = link.spec().to().node();
            Long thereLeft = task.there().get(next);
            Long backLeft = task.back().get(next);
            if (thereLeft == null || backLeft == null || !task.grades().isUsable(link)) {
                continue;
            }
            long there = Saturated.sum(way.there(), topology.latencyNanos(link));
            long back = Saturated.sum(way.back(), task.backNanos().applyAsLong(link));
            long atLeast = Saturated.sum(there, thereLeft);
            if (atLeast <= task.max()
                    && Saturated.sum(back, backLeft) <= task.max()
                    && isFaster(back, fastestBack.get(next))) {
                open.add(new Way(next, there, back, way.hops() + 1, atLeast, way, link));
            }
        }
    }

    private static boolean isFaster(long nanos, @Nullable Long known) {
        return known == null || nanos < known;
    }

    /** Compares ways with as many hops by the names of their links, from the start on. */
    private static int byNames(Way one, Way other) {
        List<String> names = one.names();
        List<String> others = other.names();
        for (int i = 0; i < names.size(); i++) {
            int order = names.get(i).compareTo(others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
