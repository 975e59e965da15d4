package io.vlink.path.decision;

import io.vlink.events.links.Link;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Span;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.text.Quantities;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.planning.Demand;
import io.vlink.path.planning.Demands;
import io.vlink.path.planning.Displacement;
import io.vlink.path.planning.LinkHealth;
import io.vlink.path.topology.Outage;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds problems with the links and nodes of a granted circuit. The circuit stays in use nevertheless. */
final class Impairments {

    /** The reasons that depend on resources of other networks, or on measurements. */
    private static final Set<RefusalReason> SCARCE = EnumSet.of(
            RefusalReason.BANDWIDTH_EXCEEDED,
            RefusalReason.LATENCY_EXCEEDED,
            RefusalReason.PATH_NOT_FOUND,
            RefusalReason.LABELS_EXHAUSTED,
            RefusalReason.METERS_EXHAUSTED,
            RefusalReason.CIRCUITS_EXHAUSTED);

    private final Topology topology;
    private final Displacement displacement;

    Impairments(Topology topology, Displacement displacement) {
        this.topology = topology;
        this.displacement = displacement;
    }

    /**
     * Finds the present impairments.
     *
     * @param demands the demands that the circuit meets; null: they are no longer declared
     * @param before the impairments found last: a latency that is still exceeded is not reported with each new number
     */
    List<Impairment> of(Circuit circuit, @Nullable Demands demands, List<Impairment> before, Instant now) {
        Set<Impairment> found = new LinkedHashSet<>();
        for (int i = 0; i < circuit.routes().size(); i++) {
            Blame blame = demands == null ? Blame.ofNobody(Demands.fieldOf(i)) : Blame.of(demands, i);
            check(circuit.routes().get(i), blame, before, now, found);
        }
        return List.copyOf(found);
    }

    /**
     * The user's input that an impairment of one direction points at.
     *
     * @param field of the whole direction
     * @param named whether the user named the links
     * @param mirrored whether they are named in the order of the opposite direction
     * @param maxLatencyNanos absent: no limit
     */
    private record Blame(
            String field,
            boolean named,
            boolean mirrored,
            @Nullable Long maxLatencyNanos) {

        static Blame ofNobody(String field) {
            return new Blame(field, false, false, null);
        }

        static Blame of(Demands demands, int number) {
            Demand demand = demands.all().get(number);
            return new Blame(
                    demand.field(),
                    demands.written(demand).links() != null,
                    demand.mirrorOf() != null,
                    demand.maxLatencyNanos());
        }

        /** Returns the field of a hop and the link after it, by its index among {@code links} links. */
        String at(int place, int links) {
            int number = mirrored ? links - 1 - place : place;
            return named && number >= 0 && number < links ? field + ".links[" + number + "]" : field;
        }
    }

    /** Returns whether traffic cannot pass, which makes a computed path move away. */
    static boolean areCuts(List<Impairment> impairments) {
        return impairments.stream().anyMatch(Impairment::cuts);
    }

    /**
     * Adds to a topology change the reason why the path cannot follow. The earlier wording stays if no new attempt was made,
     * or if a resource is held by others.
     *
     * @param obstacle the obstacle to the move; null: there was no attempt
     */
    static List<Impairment> explained(
            List<Impairment> found, List<Impairment> before, @Nullable Violation obstacle, boolean keepReasons) {
        List<Impairment> explained = new ArrayList<>(found);
        for (int i = 0; i < explained.size(); i++) {
            Impairment change = explained.get(i);
            if (change.is(ImpairmentReason.TOPOLOGY_CHANGED)) {
                Impairment known = before.stream()
                        .filter(was ->
                                was.field().equals(change.field()) && Since.says(was, change.behind(was.obstacle())))
                        .findFirst()
                        .orElse(null);
                boolean keeps = obstacle == null || (keepReasons && isScarcity(obstacle));
                explained.set(i, keeps && known != null ? known : change.behind(obstacle));
                break;
            }
        }
        return List.copyOf(explained);
    }

    /** Both ends of a link report the same cut, one after the other: the first message stays while it is true. */
    private static Impairment down(String link, String field, List<Outage> outages, List<Impairment> before) {
        Impairment first = down(link, field, outages.getFirst());
        for (Outage outage : outages) {
            Impairment told = down(link, field, outage);
            if (Since.isAmong(before, told)) {
                return told;
            }
        }
        return first;
    }

    private static Impairment down(String link, String field, Outage outage) {
        String message = LinkHealth.down(link, outage);
        return new Impairment(field, ImpairmentReason.LINK_DOWN, message).worded(message, outage.since());
    }

    private static List<Span> working(Route route) {
        List<Span> spans = route.spans();
        for (Span span : spans) {
            if (span.face().role() != Role.WORKING) {
                return spans.stream()
                        .filter(each -> each.face().role() == Role.WORKING)
                        .toList();
            }
        }
        return spans;
    }

    /** Checks the working path. While it works, detours carry nothing and are not checked. */
    private void check(Route route, Blame blame, List<Impairment> before, Instant now, Set<Impairment> found) {
        List<Span> spans = working(route);
        List<Link> links = new ArrayList<>(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            String at = blame.at(i, spans.size());
            checkNode(spans.get(i).sender(), at, found);
            Link link = checkLink(spans.get(i), at, before, found);
            if (link != null) {
                links.add(link);
            }
        }
        Hop last = spans.isEmpty() ? route.first() : spans.getLast().receiver();
        checkNode(last, blame.at(spans.size(), spans.size()), found);
        Long max = blame.maxLatencyNanos();
        if (max != null && links.size() == spans.size()) {
            checkLatency(links, max, blame.field() + ".capabilities.latencyNanos", before, now, found);
        }
    }

    private void checkNode(Hop hop, String field, Set<Impairment> found) {
        String change = displacement.ofNode(hop);
        Node node = topology.node(hop.node());
        if (change != null) {
            found.add(new Impairment(field, ImpairmentReason.TOPOLOGY_CHANGED, change));
        } else if (node != null && node.spec().maintenance()) {
            found.add(new Impairment(
                    field, ImpairmentReason.NODE_MAINTENANCE, "The node %s is in maintenance.".formatted(hop.node())));
        }
    }

    /** Checks a link; one that is no longer declared so is judged by the ports at its ends. */
    private @Nullable Link checkLink(Span span, String field, List<Impairment> before, Set<Impairment> found) {
        String name = span.lane().link();
        String change = displacement.ofLink(span);
        if (change != null) {
            found.add(new Impairment(field, ImpairmentReason.TOPOLOGY_CHANGED, change));
        }
        Link link = topology.link(name);
        if (link == null || change != null || !displacement.isBetweenDeclaredNodes(span)) {
            String why = displacement.deadWire(span);
            if (why != null) {
                found.add(new Impairment(
                        field,
                        ImpairmentReason.WIRE_DOWN,
                        "The old wire of the link %s is still in use, but carries no traffic. %s"
                                .formatted(name, why)));
            }
            return null;
        }
        List<Outage> outages = topology.outages(name);
        if (!outages.isEmpty()) {
            found.add(down(name, field, outages, before));
        }
        if (link.spec().maintenance()) {
            found.add(new Impairment(
                    field, ImpairmentReason.LINK_MAINTENANCE, "The link %s is in maintenance.".formatted(name)));
        }
        return link;
    }

    private void checkLatency(
            List<Link> links, long max, String field, List<Impairment> before, Instant now, Set<Impairment> found) {
        long sum = Saturated.sum(links, topology::latencyNanos);
        if (sum <= max) {
            return;
        }
        for (Impairment known : before) {
            if (known.is(ImpairmentReason.LATENCY_EXCEEDED) && known.field().equals(field)) {
                found.add(known);
                return;
            }
        }
        boolean complete = links.stream()
                .noneMatch(link -> topology.latencyCompleteAt(link.id().name()).isAfter(now));
        if (complete) {
            found.add(new Impairment(
                    field,
                    ImpairmentReason.LATENCY_EXCEEDED,
                    "The latencies of the links add up to %s now; at most %s is allowed."
                            .formatted(Quantities.latency(sum), Quantities.latency(max))));
        }
    }

    /** Returns whether an obstacle depends on resources of other networks, or on measurements. */
    static boolean isScarcity(Violation obstacle) {
        return SCARCE.stream().anyMatch(obstacle::is);
    }
}
