package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.text.Quantities;
import io.vlink.path.allocation.OwnReservation;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.allocation.Wires;
import io.vlink.path.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Checks that links meet a path's demands: their summed latency, and the free bandwidth of each. */
final class Admission {

    private final Topology topology;
    private final Wires wires;
    private final Reservations reservations;

    Admission(Topology topology, Wires wires, Reservations reservations) {
        this.topology = topology;
        this.wires = wires;
        this.reservations = reservations;
    }

    /** Checks all directions together, since they may cross the same wire. */
    void check(List<Leg> legs, OwnReservation own, List<Violation> violations) {
        Map<WireSide, Long> asked = new HashMap<>();
        for (Leg leg : legs) {
            if (leg.demand().bandwidthBits() != null) {
                leg.links().forEach(link -> wires.sides(link)
                        .forEach(side -> asked.merge(side, leg.demand().reserved(), Saturated::sum)));
            }
        }
        for (Leg leg : legs) {
            checkLatency(leg, violations);
            if (leg.demand().bandwidthBits() != null) {
                checkBandwidth(leg, asked, own, violations);
            }
        }
    }

    /** Returns whether a link has the requested bandwidth at both of its sides. */
    boolean fits(Link link, ToLongFunction<WireSide> asked, OwnReservation own) {
        return reservations.fits(link, own, asked);
    }

    /** Returns the bandwidth that a link has free for the network that holds {@code own}, in bit/s. */
    long free(Link link, OwnReservation own) {
        return reservations.free(link, own);
    }

    long latencyNanos(List<Link> links) {
        return Saturated.sum(links, topology::latencyNanos);
    }

    /** Names each link with its latency, for people. */
    String latencies(List<Link> links) {
        return links.stream()
                .map(link -> link.id().name() + " " + Quantities.latency(topology.latencyNanos(link)))
                .collect(Collectors.joining(", "));
    }

    private void checkLatency(Leg leg, List<Violation> violations) {
        Long max = leg.demand().maxLatencyNanos();
        if (max == null) {
            return;
        }
        long sum = latencyNanos(leg.links());
        if (sum > max) {
            violations.add(new Violation(
                    leg.demand().field() + ".capabilities.latencyNanos",
                    RefusalReason.LATENCY_EXCEEDED,
                    leg.demand()
                            .said("The latencies of the links from %s to %s add up to %s (%s); at most %s is allowed."
                                    .formatted(
                                            leg.demand().from(),
                                            leg.demand().to(),
                                            Quantities.latency(sum),
                                            latencies(leg.links()),
                                            Quantities.latency(max)))));
        }
    }

    /** Describes the part of a link's capacity that cannot be reserved; empty: there is none. */
    private String kept(Link link) {
        Link narrowest = reservations.narrowest(link);
        if (!narrowest.equals(link)) {
            return ", of which at most %s may be reserved, since the link %s begins at the same port"
                    .formatted(
                            Quantities.rate(reservations.reservable(narrowest)),
                            narrowest.id().name());
        }
        long floor = reservations.floor(link);
        return floor == 0 ? "" : ", of which %s is kept for best effort".formatted(Quantities.rate(floor));
    }

    private void checkBandwidth(Leg leg, Map<WireSide, Long> asked, OwnReservation own, List<Violation> violations) {
        for (int i = 0; i < leg.links().size(); i++) {
            Link link = leg.links().get(i);
            if (!fits(link, side -> asked.getOrDefault(side, 0L), own)) {
                long bits = wires.sides(link).stream()
                        .mapToLong(side -> asked.getOrDefault(side, 0L))
                        .max()
                        .orElse(leg.demand().reserved());
                violations.add(new Violation(
                        leg.fields().get(i),
                        RefusalReason.BANDWIDTH_EXCEEDED,
                        leg.demand()
                                .said("The link %s has %s free of %s%s; %s is requested."
                                        .formatted(
                                                link.id().name(),
                                                Quantities.rate(free(link, own)),
                                                Quantities.rate(link.spec().capacityBits()),
                                                kept(link),
                                                Quantities.rate(bits)))));
            }
        }
    }
}
