package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Wires;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the links of a direction for which the user named none, or explains why there is no path. */
final class ComputedPath {

    private final Topology topology;
    private final LinkHealth health;
    private final Wires wires;
    private final Admission admission;
    private final Pools pools;
    private final PathFinder finder;
    private final TwoWayFinder twoWays;
    private final NoPath noPath;

    ComputedPath(Topology topology, LinkHealth health, Wires wires, Admission admission, Pools pools) {
        this.topology = topology;
        this.health = health;
        this.wires = wires;
        this.admission = admission;
        this.pools = pools;
        this.finder = new PathFinder(topology);
        this.twoWays = new TwoWayFinder(topology, finder);
        this.noPath = new NoPath(topology, health, admission);
    }

    /** Counts the links that all searches together have looked at. */
    long looks() {
        return finder.looks() + twoWays.looks();
    }

    /** Finds the best path; null, and a violation, if there is none. */
    @Nullable Leg find(Criteria criteria, List<Violation> violations, List<Obstacle> obstacles) {
        LinkGrades grades = grades(criteria);
        List<Link> links =
                switch (search(criteria, grades)) {
                    case Search.Found(List<Link> found) -> found;
                    case Search.Vain(String message, Obstacle obstacle) -> {
                        Demand wanted = criteria.wanted();
                        violations.add(new Violation(wanted.field(), RefusalReason.PATH_NOT_FOUND, message));
                        if (!grades.isCrowded()) { // else another choice for the other way may help, too
                            obstacles.add(obstacle);
                        }
                        yield null;
                    }
                };
        Demand wanted = criteria.wanted();
        return links == null ? null : new Leg(wanted, links, Collections.nCopies(links.size(), wanted.field()));
    }

    /** Returns whether a path that was not found may be there now because of this link, as it is now or was before. */
    boolean mayRemove(Obstacle obstacle, Link link) {
        LinkGrades grades = grades(obstacle.criteria());
        Link now = topology.link(link.id().name());
        if (now != null && leadsNearer(obstacle, now, grades)) {
            return true;
        }
        if (obstacle.criteria().mirrored()) {
            for (Link opposite : topology.opposites(link)) {
                if (leadsNearer(obstacle, opposite, grades)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean leadsNearer(Obstacle obstacle, Link link, LinkGrades grades) {
        NodeDistances distances = obstacle.distances();
        if (obstacle.measure() == Obstacle.Measure.NOTHING_AT_ENDS) {
            return false;
        }
        if (distances == null) {
            return grades.isUsable(link);
        }
        boolean fromStart = obstacle.measure() == Obstacle.Measure.REACH_FROM_START;
        long from = distances.of(link.spec().from().node());
        long to = distances.of(link.spec().to().node());
        long near = fromStart ? from : to;
        long far = fromStart ? to : from;
        if (near >= far || !grades.isUsable(link)) {
            return false;
        }
        long nanos =
                switch (obstacle.measure()) {
                    case LATENCY_THERE -> topology.latencyNanos(link);
                    case LATENCY_BACK -> backNanos(link);
                    case REACH_OF_DESTINATION, REACH_FROM_START, NOTHING, NOTHING_AT_ENDS -> 0;
                };
        return nanos < far - near;
    }

    /** The result of a search. */
    private sealed interface Search {

        record Found(List<Link> links) implements Search {}

        record Vain(String message, Obstacle obstacle) implements Search {}
    }

    private Search search(Criteria criteria, LinkGrades grades) {
        Demand wanted = criteria.wanted();
        return switch (finder.find(wanted.from(), wanted.to(), grades)) {
            case PathFinder.Result.Blocked blocked ->
                new Search.Vain(
                        noPath.blocked(criteria, blocked.grade(), blocked.links()),
                        new Obstacle(
                                criteria,
                                blocked.fromStart()
                                        ? Obstacle.Measure.REACH_FROM_START
                                        : Obstacle.Measure.REACH_OF_DESTINATION,
                                blocked.settled().reach(),
                                names(blocked.links())));
            case PathFinder.Result.Found fastest -> fastEnough(criteria, grades, fastest);
        };
    }

    /** Takes the fastest path if it is fast enough; else looks for one that is. */
    private Search fastEnough(Criteria criteria, LinkGrades grades, PathFinder.Result.Found fastest) {
        Long max = criteria.wanted().maxLatencyNanos();
        List<Link> links = fastest.links();
        if (max == null) {
            return new Search.Found(links);
        }
        if (admission.latencyNanos(links) > max) {
            return new Search.Vain(
                    noPath.tooSlow(criteria, links, max),
                    new Obstacle(
                            criteria,
                            Obstacle.Measure.LATENCY_THERE,
                            fastest.settled().within(max),
                            names(links)));
        }
        return criteria.mirrored() && latencyBack(links) > max
                ? fastBothWays(criteria, grades, links, max)
                : new Search.Found(links);
    }

    /** Looks for a slower path there, since the fastest one is too slow on the way back. */
    private Search fastBothWays(Criteria criteria, LinkGrades grades, List<Link> fastestThere, long max) {
        Demand wanted = criteria.wanted();
        PathFinder.Result.Found back = found(criteria, grades, this::backNanos);
        List<Link> fastestBack = back.links();
        if (latencyBack(fastestBack) > max) {
            List<Link> opposites = opposites(fastestBack);
            return new Search.Vain(
                    noPath.tooSlowBack(criteria, opposites, max),
                    new Obstacle(
                            criteria,
                            Obstacle.Measure.LATENCY_BACK,
                            back.settled().within(max),
                            names(opposites)));
        }
        return switch (twoWays.find(wanted.from(), wanted.to(), grades, this::backNanos, max)) {
            case TwoWayFinder.Result.Found(List<Link> links) -> new Search.Found(links);
            case TwoWayFinder.Result.None none ->
                vain(criteria, noPath.notBothWays(criteria, fastestThere, fastestBack, max));
            case TwoWayFinder.Result.CutShort cutShort ->
                simple(criteria, grades, fastestBack, max)
                        .<Search>map(Search.Found::new)
                        .orElseGet(() -> vain(criteria, noPath.cutShort(criteria, fastestThere, fastestBack, max)));
        };
    }

    private static Search vain(Criteria criteria, String message) {
        return new Search.Vain(message, new Obstacle(criteria, Obstacle.Measure.NOTHING, null, List.of()));
    }

    /** Finds a path that is fast enough both ways if a single search does: by latency back, or by the slower way of each link. */
    private Optional<List<Link>> simple(Criteria criteria, LinkGrades grades, List<Link> fastestBack, long max) {
        List<Link> even = found(criteria, grades, link -> Math.max(topology.latencyNanos(link), backNanos(link)))
                .links();
        return Stream.of(fastestBack, even)
                .filter(links -> admission.latencyNanos(links) <= max && latencyBack(links) <= max)
                .findFirst();
    }

    /** Repeats a search that found a path, with other latencies. */
    private PathFinder.Result.Found found(Criteria criteria, LinkGrades grades, ToLongFunction<Link> nanos) {
        Demand wanted = criteria.wanted();
        return switch (finder.find(wanted.from(), wanted.to(), grades, nanos)) {
            case PathFinder.Result.Found found -> found;
            case PathFinder.Result.Blocked blocked ->
                throw new IllegalStateException("The path from %s to %s depends on the latencies of its links."
                        .formatted(wanted.from(), wanted.to()));
        };
    }

    private LinkGrades grades(Criteria criteria) {
        return new LinkGrades(topology, health, wires, admission, pools, criteria);
    }

    private long latencyBack(List<Link> links) {
        return admission.latencyNanos(opposites(links));
    }

    /** Returns the latency of the link opposite to a usable one of a mirrored path. */
    private long backNanos(Link link) {
        Link opposite = topology.opposite(link);
        if (opposite == null) {
            throw new IllegalStateException(
                    "The link %s has no opposite link.".formatted(link.id().name()));
        }
        return topology.latencyNanos(opposite);
    }

    /** Returns the links of the way back over the same wires. */
    private List<Link> opposites(List<Link> links) {
        List<Link> opposites = new ArrayList<>(links.size());
        for (Link link : links.reversed()) {
            Link opposite = topology.opposite(link);
            if (opposite != null) {
                opposites.add(opposite);
            }
        }
        return opposites;
    }

    private static List<String> names(List<Link> links) {
        return links.stream().map(link -> link.id().name()).toList();
    }
}
