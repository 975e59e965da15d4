package io.vlink.networkapi.recorder;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rules for nodes and links: one node per switch; at most one link from and one link to a port, since labels are
 * counted per link. A link may be declared before its nodes; a node is removed after its links.
 */
final class TopologyRules {

    private final GenerationLedger<ResourceId, NodeSpec> nodes;
    private final GenerationLedger<ResourceId, LinkSpec> links;

    TopologyRules(GenerationLedger<ResourceId, NodeSpec> nodes, GenerationLedger<ResourceId, LinkSpec> links) {
        this.nodes = nodes;
        this.links = links;
    }

    List<Violation> violationsOf(ResourceId id, NodeSpec spec) {
        return nodes.standing()
                .filter(other -> other.spec().datapathId().equals(spec.datapathId()))
                .filter(other -> !other.id().equals(id))
                .filter(other -> other.id().overlay().equals(id.overlay()))
                .map(other -> new Violation(
                        "$.spec.datapathId",
                        RequestReason.CONFLICT,
                        "Switch %s belongs to node %s already. A switch belongs to one node."
                                .formatted(spec.datapathId(), other.id())))
                .toList();
    }

    /** Returns the message for a switch of another overlay. It does not reveal that overlay or its node. */
    static String ofAnotherOverlay(DatapathId datapathId) {
        return "Switch %s is a node of another overlay or still in use there. A switch belongs to one overlay at a time."
                .formatted(datapathId);
    }

    List<Violation> violationsOf(ResourceId id, LinkSpec spec) {
        List<Violation> violations = new ArrayList<>();
        for (var other : links.standing()
                .filter(line ->
                        line.id().overlay().equals(id.overlay()) && !line.id().equals(id))
                .toList()) {
            check(violations, "from", "begins", spec, other, LinkSpec::from);
            check(violations, "to", "ends", spec, other, LinkSpec::to);
        }
        return violations;
    }

    private static void check(
            List<Violation> violations,
            String end,
            String does,
            LinkSpec spec,
            GenerationLedger.Line<ResourceId, LinkSpec> other,
            Function<LinkSpec, LinkEnd> endOf) {
        LinkEnd wanted = endOf.apply(spec);
        if (wanted.equals(endOf.apply(other.spec()))) {
            violations.add(new Violation(
                    "$.spec." + end,
                    RequestReason.CONFLICT,
                    "Link %s already %s at port %s of node %s. Only one link may do so."
                            .formatted(other.id().name(), does, wanted.port(), wanted.node())));
        }
    }

    List<Violation> violationsOfRemoval(ResourceId node) {
        if (nodes.get(node) == null) {
            return List.of();
        }
        List<String> users = links.standing()
                .filter(link -> link.id().overlay().equals(node.overlay()))
                .filter(link -> link.spec().from().node().equals(node.name())
                        || link.spec().to().node().equals(node.name()))
                .map(link -> link.id().name())
                .sorted()
                .toList();
        return users.isEmpty()
                ? List.of()
                : List.of(new Violation(
                        "$.id",
                        RequestReason.IN_USE,
                        "Node %s has links: %s. Withdraw them first.".formatted(node, String.join(", ", users))));
    }
}
