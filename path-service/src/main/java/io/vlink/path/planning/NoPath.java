package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.events.text.Quantities;
import io.vlink.path.topology.Topology;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains to people why no path was found. */
final class NoPath {

    private final Topology topology;
    private final LinkHealth health;
    private final Admission admission;

    NoPath(Topology topology, LinkHealth health, Admission admission) {
        this.topology = topology;
        this.health = health;
        this.admission = admission;
    }

    /**
     * Names the demand that the best path does not meet.
     *
     * @param grade its grade; null: there is no path at all
     * @param links its links
     */
    String blocked(Criteria criteria, @Nullable Grade grade, List<Link> links) {
        Grade best = grade == null ? Grade.ABSENT : grade;
        return none(
                criteria,
                switch (best.level()) {
                    case ABSENT ->
                        criteria.mirrored()
                                ? "no chain of links that have opposite links leads there"
                                : "no chain of declared links leads there";
                    case DOWN ->
                        "every path crosses a link that is down or in maintenance; the path with the fewest of those"
                                + " needs "
                                + unhealthy(criteria, links);
                    case NARROW -> narrow(criteria, best, links);
                    case UNLABELLED, USABLE -> "every path with enough bandwidth crosses a link without a free label";
                });
    }

    /** Reports a path there that is too slow, though no other is faster. */
    String tooSlow(Criteria criteria, List<Link> links, long max) {
        return none(
                criteria,
                "the fastest path that meets all other demands takes %s (%s); at most %s is allowed"
                        .formatted(
                                Quantities.latency(admission.latencyNanos(links)),
                                admission.latencies(links),
                                Quantities.latency(max)));
    }

    /** Reports the fastest way back over the links of a path, if it is too slow. */
    String tooSlowBack(Criteria criteria, List<Link> links, long max) {
        return none(
                criteria,
                "the fastest path that meets all other demands takes %s on the way back (%s); at most %s is allowed"
                        .formatted(
                                Quantities.latency(admission.latencyNanos(links)),
                                admission.latencies(links),
                                Quantities.latency(max)));
    }

    /** Reports that a path is fast enough in either direction, but none in both. */
    String notBothWays(Criteria criteria, List<Link> fastestThere, List<Link> fastestBack, long max) {
        return none(
                criteria,
                "no path that meets all other demands is fast enough both ways; "
                        + bothWays(fastestThere, fastestBack, max));
    }

    /** Reports that the search ended before all paths were ruled out. */
    String cutShort(Criteria criteria, List<Link> fastestThere, List<Link> fastestBack, long max) {
        return "No path from %s to %s was found, but there may be one: the search was cut short after %d steps, since very many paths are fast enough one way only; name the links, or allow more latency; %s."
                .formatted(
                        criteria.wanted().from(),
                        criteria.wanted().to(),
                        TwoWayFinder.MAX_STEPS,
                        bothWays(fastestThere, fastestBack, max));
    }

    private String bothWays(List<Link> fastestThere, List<Link> fastestBack, long max) {
        List<Link> thereOnTheWayBack = opposites(fastestThere);
        List<Link> back = opposites(fastestBack);
        return "the fastest there (%s) takes %s, and %s on the way back; the fastest on the way back (%s) takes %s, and %s there; at most %s is allowed"
                .formatted(
                        names(fastestThere),
                        Quantities.latency(admission.latencyNanos(fastestThere)),
                        Quantities.latency(admission.latencyNanos(thereOnTheWayBack)),
                        names(back),
                        Quantities.latency(admission.latencyNanos(back)),
                        Quantities.latency(admission.latencyNanos(fastestBack)),
                        Quantities.latency(max));
    }

    private static String narrow(Criteria criteria, Grade grade, List<Link> links) {
        return "the widest path%s has %s free; %s is requested"
                .formatted(
                        grade.amount() == 0 ? "" : " (" + names(links) + ")",
                        Quantities.rate(grade.amount()),
                        Quantities.rate(criteria.wanted().reserved()));
    }

    private String unhealthy(Criteria criteria, List<Link> path) {
        return path.stream()
                .flatMap(link -> Stream.concat(Stream.of(link), criteria.mirrored() ? opposite(link) : Stream.of()))
                .filter(link -> !health.isHealthy(link))
                .map(link -> link.id().name())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private List<Link> opposites(List<Link> links) {
        return links.reversed().stream().flatMap(this::opposite).toList();
    }

    private Stream<Link> opposite(Link link) {
        return Stream.ofNullable(topology.opposite(link));
    }

    private static String names(List<Link> links) {
        return links.stream().map(link -> link.id().name()).collect(Collectors.joining(", "));
    }

    private static String none(Criteria criteria, String why) {
        return "There is no path from %s to %s: %s."
                .formatted(criteria.wanted().from(), criteria.wanted().to(), why);
    }
}
