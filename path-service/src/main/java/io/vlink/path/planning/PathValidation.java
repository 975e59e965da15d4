package io.vlink.path.planning;

import io.vlink.events.DatapathId;
import io.vlink.events.links.Link;
import io.vlink.events.nodes.Node;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks links that a user named: they exist, are up, and form one chain between the endpoints that visits no switch twice. */
final class PathValidation {

    private final Topology topology;
    private final LinkHealth health;

    PathValidation(Topology topology, LinkHealth health) {
        this.topology = topology;
        this.health = health;
    }

    /** Checks one direction and reports every violation. */
    Leg explicit(Demand demand, List<String> names, List<Violation> violations) {
        checkEndpoints(demand, violations);
        String field = demand.field();
        List<Link> links = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        Set<String> visited = new HashSet<>(Set.of(demand.from()));
        Link previous = null;
        for (int i = 0; i < names.size(); i++) {
            String at = field + ".links[" + i + "]";
            Link link = topology.link(names.get(i));
            if (link == null) {
                violations.add(
                        new Violation(at, RefusalReason.LINK_UNKNOWN, "There is no link %s.".formatted(names.get(i))));
            } else {
                checkChain(demand, names, i, link, previous, at, violations);
                checkTransit(demand, link, visited, at, violations);
                checkLink(demand, link, at, violations);
                links.add(link);
                fields.add(at);
            }
            previous = link;
        }
        if (names.isEmpty() && !demand.from().equals(demand.to())) {
            violations.add(new Violation(
                    field + ".links",
                    RefusalReason.WRONG_ENDPOINT,
                    "The list of links is empty, but must lead from %s to %s; omit it to have a path computed."
                            .formatted(demand.from(), demand.to())));
        }
        return new Leg(demand, links, fields);
    }

    void checkEndpoints(Demand demand, List<Violation> violations) {
        health.checkNode(demand.from(), demand.field() + ".fromEndpoint", violations);
        if (!demand.to().equals(demand.from())) {
            health.checkNode(demand.to(), demand.field() + ".toEndpoint", violations);
        }
    }

    /** Finds the reverse path link by link; its fields are those of the forward path. */
    @Nullable Leg mirrored(Demand demand, Leg there, List<Violation> violations) {
        List<Link> links = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (int i = there.links().size() - 1; i >= 0; i--) {
            Link link = there.links().get(i);
            String at = there.fields().get(i);
            Link opposite = topology.opposite(link);
            if (opposite == null) {
                violations.add(new Violation(
                        at,
                        RefusalReason.NO_REVERSE_LINK,
                        "There is no link opposite to %s, from port %s of %s to port %s of %s; declare it, or specify a reversePath."
                                .formatted(
                                        link.id().name(),
                                        link.spec().to().port(),
                                        link.spec().to().node(),
                                        link.spec().from().port(),
                                        link.spec().from().node())));
            } else {
                checkLink(demand, opposite, at, violations);
                links.add(opposite);
                fields.add(at);
            }
        }
        return links.size() == there.links().size() ? new Leg(demand, links, fields) : null;
    }

    private void checkLink(Demand demand, Link link, String at, List<Violation> violations) {
        List<Violation> found = new ArrayList<>();
        health.checkLink(link, at, found);
        found.forEach(
                violation -> violations.add(violation.worded(demand.said(violation.message()), violation.since())));
    }

    /** Checks that no switch is visited twice: two nodes may have been declared with one switch. */
    void checkSwitches(Leg leg, List<Violation> violations) {
        Set<DatapathId> visited = new HashSet<>();
        Node first = topology.node(leg.demand().from());
        if (first != null) {
            visited.add(first.spec().datapathId());
        }
        for (int i = 0; i < leg.links().size(); i++) {
            Node node = topology.node(leg.links().get(i).spec().to().node());
            if (node != null && !visited.add(node.spec().datapathId())) {
                violations.add(new Violation(
                        leg.fields().get(i),
                        RefusalReason.LOOP,
                        "The link %s leads to switch %s (of %s), which the path visited before."
                                .formatted(
                                        leg.links().get(i).id().name(),
                                        node.spec().datapathId(),
                                        node.id().name())));
            }
        }
    }

    private static void checkChain(
            Demand demand,
            List<String> names,
            int i,
            Link link,
            @Nullable Link previous,
            String at,
            List<Violation> violations) {
        String from = link.spec().from().node();
        String to = link.spec().to().node();
        if (i == 0 && !from.equals(demand.from())) {
            violations.add(new Violation(
                    at,
                    RefusalReason.WRONG_ENDPOINT,
                    "The link %s starts at %s, but fromEndpoint is %s.".formatted(names.get(i), from, demand.from())));
        }
        if (previous != null && !from.equals(previous.spec().to().node())) {
            violations.add(new Violation(
                    at,
                    RefusalReason.BROKEN_CHAIN,
                    "The link %s starts at %s, but %s ends at %s."
                            .formatted(
                                    names.get(i),
                                    from,
                                    names.get(i - 1),
                                    previous.spec().to().node())));
        }
        if (i == names.size() - 1 && !to.equals(demand.to())) {
            violations.add(new Violation(
                    at,
                    RefusalReason.WRONG_ENDPOINT,
                    "The link %s ends at %s, but toEndpoint is %s.".formatted(names.get(i), to, demand.to())));
        }
    }

    private void checkTransit(Demand demand, Link link, Set<String> visited, String at, List<Violation> violations) {
        String to = link.spec().to().node();
        if (!visited.add(to)) {
            violations.add(new Violation(
                    at,
                    RefusalReason.LOOP,
                    "The link %s leads to %s, which the path visited before."
                            .formatted(link.id().name(), to)));
        } else if (!to.equals(demand.to())) {
            health.checkNode(to, at, violations);
        }
    }
}
