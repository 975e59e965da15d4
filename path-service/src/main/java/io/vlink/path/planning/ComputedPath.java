package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.text.Quantities;
import io.vlink.path.allocation.OwnReservation;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.allocation.Wires;
import io.vlink.path.topology.Topology;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    ComputedPath(Topology topology, LinkHealth health, Wires wires, Admission admission, Pools pools) {
        this.topology = topology;
        this.health = health;
        this.wires = wires;
        this.admission = admission;
        this.pools = pools;
        this.finder = new PathFinder(topology);
    }

    /**
     * The criteria of a search.
     *
     * @param mirrored whether the opposite links must meet the demand, too
     * @param besides bandwidth that the network's other directions reserve at each side of a wire
     */
    record Search(Demand wanted, boolean mirrored, Map<WireSide, Long> besides, OwnReservation own) {

        long asked(WireSide side) {
            return Saturated.sum(wanted.reserved(), besides.getOrDefault(side, 0L));
        }
    }

    /** Finds the best path; null, and a violation, if there is none. */
    @Nullable Leg find(Search search, List<Violation> violations) {
        Demand wanted = search.wanted();
        Optional<List<Link>> found = finder.best(wanted.from(), wanted.to(), usable(search));
        if (found.isEmpty()) {
            violations.add(notFound(search));
            return null;
        }
        List<Link> links = found.get();
        Long max = wanted.maxLatencyNanos();
        if (max != null && slower(search, links) > max) {
            // The fastest forward path may be slow in reverse: look for one whose links are fast in both directions.
            Optional<List<Link>> even = search.mirrored()
                    ? finder.best(wanted.from(), wanted.to(), usable(search), this::slowerWay)
                    : Optional.empty();
            if (even.isEmpty() || slower(search, even.get()) > max) {
                violations.add(notFound(search, tooSlow(links, max)));
                return null;
            }
            links = even.get();
        }
        return new Leg(wanted, links, Collections.nCopies(links.size(), wanted.field()));
    }

    /** Returns the latency of the path, or that of its mirror if that is larger. */
    private long slower(Search search, List<Link> links) {
        long there = admission.latencyNanos(links);
        return search.mirrored() ? Math.max(there, admission.latencyNanos(opposites(links))) : there;
    }

    private long slowerWay(Link link) {
        return opposites(List.of(link)).stream()
                .mapToLong(topology::latencyNanos)
                .reduce(topology.latencyNanos(link), Math::max);
    }

    private String tooSlow(List<Link> links, long max) {
        long there = admission.latencyNanos(links);
        boolean back = there <= max;
        List<Link> slow = back ? opposites(links) : links;
        return "the fastest path that meets all other demands takes %s%s (%s); at most %s is allowed"
                .formatted(
                        Quantities.latency(admission.latencyNanos(slow)),
                        back ? " on the way back" : "",
                        admission.latencies(slow),
                        Quantities.latency(max));
    }

    private List<Link> opposites(List<Link> links) {
        return links.reversed().stream()
                .flatMap(link -> Stream.ofNullable(topology.opposite(link)))
                .toList();
    }

    private Predicate<Link> usable(Search search) {
        return both(search, healthy())
                .and(both(search, link -> admission.fits(link, search::asked, search.own())))
                .and(both(search, link -> hasLabel(search, link)));
    }

    private Predicate<Link> healthy() {
        return health::isHealthy;
    }

    private boolean hasLabel(Search search, Link link) {
        List<WireSide> sides = wires.sides(link);
        return search.own().labelled().contains(sides.getLast()) || pools.hasLabel(link);
    }

    /** Applies a condition to the link and, if the path will be mirrored, to its opposite. */
    private Predicate<Link> both(Search search, Predicate<Link> condition) {
        if (!search.mirrored()) {
            return condition;
        }
        return link -> {
            Link opposite = topology.opposite(link);
            return opposite != null && condition.test(link) && condition.test(opposite);
        };
    }

    /** Adds one demand after the other to the search, and names the first that cannot be met. */
    private Violation notFound(Search search) {
        String from = search.wanted().from();
        String to = search.wanted().to();
        Predicate<Link> exists = both(
                search,
                link -> topology.node(link.spec().from().node()) != null
                        && topology.node(link.spec().to().node()) != null);
        Optional<List<Link>> any = finder.best(from, to, exists);
        if (any.isEmpty()) {
            return notFound(
                    search,
                    search.mirrored()
                            ? "no chain of links that have opposite links leads there"
                            : "no chain of declared links leads there");
        }
        if (finder.best(from, to, both(search, healthy())).isEmpty()) {
            return notFound(
                    search,
                    "every path crosses a link that is down or in maintenance; the fastest needs "
                            + unhealthy(search, any.get()));
        }
        Predicate<Link> wide =
                both(search, healthy()).and(both(search, link -> admission.fits(link, search::asked, search.own())));
        if (finder.best(from, to, wide).isEmpty()) {
            return notFound(search, widest(search, from, to));
        }
        return notFound(search, "every path with enough bandwidth crosses a link without a free label");
    }

    private String unhealthy(Search search, List<Link> path) {
        return path.stream()
                .flatMap(link -> Stream.concat(
                        Stream.of(link), search.mirrored() ? Stream.ofNullable(topology.opposite(link)) : Stream.of()))
                .filter(link -> !health.isHealthy(link))
                .map(link -> link.id().name())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String widest(Search search, String from, String to) {
        long low = 0;
        long high = search.wanted().reserved();
        List<Link> best = List.of();
        // Bisects to find the widest bottleneck exactly: at most 63 searches, and only on refusal.
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            Optional<List<Link>> path = finder.best(
                    from, to, both(search, healthy()).and(both(search, link -> free(search, link) >= middle)));
            if (path.isPresent()) {
                best = path.get();
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        String names = best.stream().map(link -> link.id().name()).collect(Collectors.joining(", "));
        return "the widest path%s has %s free; %s is requested"
                .formatted(
                        names.isEmpty() ? "" : " (" + names + ")",
                        Quantities.rate(low),
                        Quantities.rate(search.wanted().reserved()));
    }

    private long free(Search search, Link link) {
        long besides = 0;
        for (WireSide side : wires.sides(link)) {
            besides = Math.max(besides, search.besides().getOrDefault(side, 0L));
        }
        return admission.free(link, search.own()) - besides;
    }

    private static Violation notFound(Search search, String why) {
        Demand wanted = search.wanted();
        return new Violation(
                wanted.field(),
                RefusalReason.PATH_NOT_FOUND,
                "There is no path from %s to %s: %s.".formatted(wanted.from(), wanted.to(), why));
    }
}
