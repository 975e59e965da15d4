package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path of least latency; of several, the one with the fewest hops; of several, the first by the names of its links.
 * Therefore the same topology always gives the same path. One search looks at each link once, whether it finds a path or not.
 */
final class PathFinder {

    /** A place in reach by usable links comes first, the nearest one before others; then those by ever worse links. */
    private static final Comparator<Reached> NEAREST = Comparator.comparing(Reached::grade)
            .reversed()
            .thenComparingLong(Reached::nanos)
            .thenComparingInt(Reached::hops);

    private final Topology topology;
    private long looks;

    PathFinder(Topology topology) {
        this.topology = topology;
    }

    /** The result of a search. */
    sealed interface Result {

        /**
         * The best path over usable links.
         *
         * @param links its links; none if both ends are one node
         * @param settled nodes that are at most as far from the destination as the start is
         */
        record Found(List<Link> links, Settled settled) implements Result {}

        /**
         * There is no path over usable links.
         *
         * @param settled nodes with usable paths to the destination or, if {@code fromStart}, from the start; and others
         * @param grade grade of the best path over other links; null: no chain of links leads to the destination
         * @param links links of a path of this grade
         */
        record Blocked(
                Settled settled,
                boolean fromStart,
                @Nullable Grade grade,
                List<Link> links) implements Result {}
    }

    /** The nodes that a search has settled, in that order: those in reach by usable links first, the nearest before others. */
    static final class Settled {

        private final Map<String, Reached> nodes;

        private Settled(Map<String, Reached> nodes) {
            this.nodes = nodes;
        }

        /** Returns the distances of the nodes in reach that are at most {@code max} away; others are farther. */
        NodeDistances within(long max) {
            Map<String, Long> near = new HashMap<>();
            for (Reached reached : nodes.values()) {
                if (!reached.grade().isUsable() || reached.nanos() > max) {
                    break;
                }
                near.put(reached.node(), reached.nanos());
            }
            return NodeDistances.of(near, Saturated.sum(max, 1));
        }

        /** Returns 0 as the distance of each node in reach; others are infinitely far. */
        NodeDistances reach() {
            Map<String, Long> reach = new HashMap<>();
            for (Reached reached : nodes.values()) {
                if (!reached.grade().isUsable()) {
                    break;
                }
                reach.put(reached.node(), 0L);
            }
            return NodeDistances.of(reach, Long.MAX_VALUE);
        }
    }

    /**
     * A node that the search has reached.
     *
     * @param grade grade of the path from the search's origin
     * @param nanos latency of this path
     * @param link last link of this path; null: this is the origin
     */
    private record Reached(
            String node,
            Grade grade,
            long nanos,
            int hops,
            @Nullable Link link) {

        Reached over(Link link, String next, Grade grade, long latencyNanos) {
            return new Reached(next, this.grade.and(grade), Saturated.sum(nanos, latencyNanos), hops + 1, link);
        }
    }

    /** The direction in which a search grows. */
    private enum Growth {
        FROM_START,
        FROM_DESTINATION
    }

    /**
     * One search.
     *
     * @param goal node at which the search ends; null: it ends when no usable link leads on
     * @param nanos latency of a link, constant during the search
     * @param max latency at which the search ends
     */
    private record Task(
            Growth growth,
            String origin,
            @Nullable String goal,
            LinkGrades grades,
            ToLongFunction<Link> nanos,
            long max) {

        Collection<Link> links(Topology topology, String node) {
            return growth == Growth.FROM_START ? topology.linksFrom(node) : topology.linksTo(node);
        }

        String next(Link link) {
            return growth == Growth.FROM_START
                    ? link.spec().to().node()
                    : link.spec().from().node();
        }
    }

    /** Counts the links that all searches together have looked at: the cost of searching, on any machine. */
    long looks() {
        return looks;
    }

    /** Finds the best path, or what the best path lacks. */
    Result find(String from, String to, LinkGrades grades) {
        return find(from, to, grades, topology::latencyNanos);
    }

    /** Finds the best path with {@code nanos} as the latency of a link, which must be constant for each link. */
    Result find(String from, String to, LinkGrades grades, ToLongFunction<Link> nanos) {
        boolean fromStart = !from.equals(to) && isCutOff(from, grades);
        Task task = fromStart
                ? new Task(Growth.FROM_START, from, to, grades, nanos, Long.MAX_VALUE)
                : new Task(Growth.FROM_DESTINATION, to, from, grades, nanos, Long.MAX_VALUE);
        Map<String, Reached> settled = settle(task);
        Reached goal = settled.get(fromStart ? to : from);
        if (goal != null && goal.grade().isUsable()) {
            return new Result.Found(onward(from, to, settled, grades, nanos), new Settled(settled));
        }
        return goal == null
                ? new Result.Blocked(new Settled(settled), fromStart, null, List.of())
                : new Result.Blocked(new Settled(settled), fromStart, goal.grade(), along(goal, settled, task));
    }

    /**
     * Returns the latency to a node from all nodes that have usable paths to it of at most {@code max}.
     *
     * @param nanos latency of a link, constant during the search
     */
    Map<String, Long> distances(String to, LinkGrades grades, ToLongFunction<Link> nanos, long max) {
        Map<String, Long> distances = new HashMap<>();
        for (Reached reached : settle(new Task(Growth.FROM_DESTINATION, to, null, grades, nanos, max))
                .values()) {
            distances.put(reached.node(), reached.nanos());
        }
        return distances;
    }

    /** Returns whether no usable link begins at a node: if so, a search that begins there is over at once. */
    private boolean isCutOff(String node, LinkGrades grades) {
        for (Link link : topology.linksFrom(node)) {
            looks++;
            if (grades.isUsable(link)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Runs Dijkstra's algorithm: first over usable links, and then, if the goal is not reached, over others, the best ones first.
     * Returns the nodes that are settled, in that order.
     */
    private Map<String, Reached> settle(Task task) {
        Map<String, Reached> nearest = new HashMap<>();
        Map<String, Reached> settled = new LinkedHashMap<>();
        PriorityQueue<Reached> open = new PriorityQueue<>(NEAREST);
        open.add(new Reached(task.origin(), Grade.USABLE, 0, 0, null));
        for (Reached next = open.poll(); next != null; next = open.poll()) {
            if (task.goal() == null && (!next.grade().isUsable() || next.nanos() > task.max())) {
                break;
            }
            if (settled.putIfAbsent(next.node(), next) != null) {
                continue;
            }
            if (next.node().equals(task.goal())) {
                break;
            }
            for (Link link : task.links(topology, next.node())) {
                looks++;
                reach(next, link, task, settled, nearest, open);
            }
        }
        return settled;
    }

    private static void reach(
            Reached from,
            Link link,
            Task task,
            Map<String, Reached> settled,
            Map<String, Reached> nearest,
            PriorityQueue<Reached> open) {
        String node = task.next(link);
        if (settled.containsKey(node)) {
            return;
        }
        Grade grade = task.grades().of(link);
        if (grade.equals(Grade.ABSENT)) {
            return;
        }
        Reached reached = from.over(link, node, grade, task.nanos().applyAsLong(link));
        Reached known = nearest.get(node);
        if (known == null || NEAREST.compare(reached, known) < 0) {
            nearest.put(node, reached);
            open.add(reached);
        }
    }

    /** Chooses the first path by name of those that are as good as the best one. The search began at the destination for that. */
    private List<Link> onward(
            String from, String to, Map<String, Reached> settled, LinkGrades grades, ToLongFunction<Link> nanos) {
        List<Link> path = new ArrayList<>();
        for (String node = from; !node.equals(to); ) {
            Link link = firstOnward(node, settled, grades, nanos);
            path.add(link);
            node = link.spec().to().node();
        }
        return List.copyOf(path);
    }

    private Link firstOnward(String node, Map<String, Reached> settled, LinkGrades grades, ToLongFunction<Link> nanos) {
        Reached here = settled.get(node);
        for (Link link : topology.linksFrom(node)) {
            looks++;
            Reached next = settled.get(link.spec().to().node());
            if (here != null
                    && next != null
                    && grades.isUsable(link)
                    && next.hops() + 1 == here.hops()
                    && Saturated.sum(next.nanos(), nanos.applyAsLong(link)) == here.nanos()) {
                return link;
            }
        }
        throw new IllegalStateException(
                "No link leads on from the node %s, whose distance is %s.".formatted(node, here));
    }

    /** Returns the links of the path by which the search reached its goal, in the order of traffic. */
    private static List<Link> along(Reached goal, Map<String, Reached> settled, Task task) {
        List<Link> links = new ArrayList<>();
        Reached at = goal;
        while (at != null && at.link() != null) {
            Link link = at.link();
            links.add(link);
            at = settled.get(
                    task.growth() == Growth.FROM_START
                            ? link.spec().from().node()
                            : link.spec().to().node());
        }
        return task.growth() == Growth.FROM_START ? List.copyOf(links.reversed()) : List.copyOf(links);
    }
}
