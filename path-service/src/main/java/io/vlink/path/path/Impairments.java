package io.vlink.path.path;

import io.vlink.events.Violation;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.Route;
import io.vlink.path.topology.Outage;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with the links and nodes of a circuit that was granted. It stays all the same. */
final class Impairments {

    private final Topology topology;
    private final Displacement displacement;

    Impairments(Topology topology, Displacement displacement) {
        this.topology = topology;
        this.displacement = displacement;
    }

    /**
     * Finds what is wrong now.
     *
     * @param spec what the circuit realises; null: what it realises is declared no more
     * @param before what was found last: a latency that is still exceeded is not reported with each new number
     */
    List<Impairment> of(Circuit circuit, @Nullable NetworkSpec spec, List<Impairment> before, Instant now) {
        Set<Impairment> found = new LinkedHashSet<>();
        PathSpec back = spec == null ? null : spec.reversePath();
        check(circuit.forward(), spec == null ? null : spec.path(), "$.path", false, before, now, found);
        if (spec != null && back == null) {
            check(circuit.reverse(), spec.path(), "$.path", true, before, now, found);
        } else {
            check(circuit.reverse(), back, "$.reversePath", false, before, now, found);
        }
        return List.copyOf(found);
    }

    /** Whether traffic cannot pass: a computed path is led away from there. */
    static boolean areCuts(List<Impairment> impairments) {
        return impairments.stream().anyMatch(Impairment::cuts);
    }

    /**
     * Says with what changed why the path cannot follow. As long as nobody tried again, and where others have what it would
     * need, that stays as it was worded.
     *
     * @param obstacle what stands in the way; null: nobody tried
     */
    static List<Impairment> explained(
            List<Impairment> found, List<Impairment> before, @Nullable Violation obstacle, boolean keepReasons) {
        List<Impairment> explained = new ArrayList<>(found);
        for (int i = 0; i < explained.size(); i++) {
            Impairment change = explained.get(i);
            if (change.is(ImpairmentReason.TopologyChanged)) {
                Impairment known = before.stream()
                        .filter(was ->
                                was.field().equals(change.field()) && Since.says(was, change.behind(was.obstacle())))
                        .findFirst()
                        .orElse(null);
                boolean keeps = obstacle == null || (keepReasons && Admitter.isScarcity(obstacle));
                explained.set(i, keeps && known != null ? known : change.behind(obstacle));
                break;
            }
        }
        return List.copyOf(explained);
    }

    private static Impairment down(String link, String field, Outage outage) {
        String message = LinkHealth.down(link, outage);
        return new Impairment(field, ImpairmentReason.LinkDown, message).worded(message, outage.since());
    }

    private void check(
            Route route,
            @Nullable PathSpec spec,
            String field,
            boolean mirrored,
            List<Impairment> before,
            Instant now,
            Set<Impairment> found) {
        List<Link> links = new ArrayList<>();
        int last = route.hops().size() - 1;
        for (int i = 0; i <= last; i++) {
            Hop hop = route.hops().get(i);
            int number = mirrored ? last - 1 - i : i;
            boolean named = spec != null && spec.links() != null && number >= 0 && number < last;
            String at = named ? field + ".links[" + number + "]" : field;
            checkNode(hop, at, found);
            if (i < last) {
                Link link = checkLink(hop, route.hops().get(i + 1), at, before, found);
                if (link != null) {
                    links.add(link);
                }
            }
        }
        Capabilities capabilities = spec == null ? null : spec.capabilities();
        if (capabilities != null && capabilities.latencyNanos() != null && links.size() == last) {
            checkLatency(links, capabilities.latencyNanos(), field + ".capabilities.latencyNanos", before, now, found);
        }
    }

    private void checkNode(Hop hop, String field, Set<Impairment> found) {
        String change = displacement.ofNode(hop);
        Node node = topology.node(hop.node());
        if (change != null) {
            found.add(new Impairment(field, ImpairmentReason.TopologyChanged, change));
        } else if (node != null && node.spec().maintenance()) {
            found.add(new Impairment(
                    field, ImpairmentReason.NodeMaintenance, "The node %s is in maintenance.".formatted(hop.node())));
        }
    }

    /** Of what is not declared so any more, only the ports at its ends tell whether it works. */
    private @Nullable Link checkLink(
            Hop sender, Hop receiver, String field, List<Impairment> before, Set<Impairment> found) {
        String name = String.valueOf(sender.outLink());
        String change = displacement.ofLink(sender, receiver);
        if (change != null) {
            found.add(new Impairment(field, ImpairmentReason.TopologyChanged, change));
        }
        Link link = topology.link(name);
        if (link == null || !displacement.isOnDeclaredWire(sender, receiver)) {
            String why = displacement.deadWire(sender, receiver);
            if (why != null) {
                found.add(new Impairment(
                        field,
                        ImpairmentReason.WireDown,
                        "The old wire of %s is still used, and carries nothing. %s".formatted(name, why)));
            }
            return null;
        }
        List<Impairment> outages = topology.outages(name).stream()
                .map(outage -> down(name, field, outage))
                .toList();
        if (!outages.isEmpty()) {
            // One cut is told by both ends, one after the other: what was said first stays said while it is true.
            found.add(outages.stream()
                    .filter(outage -> Since.isAmong(before, outage))
                    .findFirst()
                    .orElse(outages.getFirst()));
        }
        if (link.spec().maintenance()) {
            found.add(new Impairment(
                    field, ImpairmentReason.LinkMaintenance, "The link %s is in maintenance.".formatted(name)));
        }
        return link;
    }

    private void checkLatency(
            List<Link> links, long max, String field, List<Impairment> before, Instant now, Set<Impairment> found) {
        long sum = links.stream().mapToLong(topology::latencyNanos).reduce(0, Saturated::sum);
        if (sum <= max) {
            return;
        }
        for (Impairment known : before) {
            if (known.is(ImpairmentReason.LatencyExceeded) && known.field().equals(field)) {
                found.add(known);
                return;
            }
        }
        boolean complete = links.stream()
                .noneMatch(link -> topology.latencyCompleteAt(link.id().name()).isAfter(now));
        if (complete) {
            found.add(new Impairment(
                    field,
                    ImpairmentReason.LatencyExceeded,
                    "The latencies of the links add up to %d ns now; at most %d ns are allowed.".formatted(sum, max)));
        }
    }
}
