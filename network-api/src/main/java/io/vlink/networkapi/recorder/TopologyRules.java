package io.vlink.networkapi.recorder;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import io.vlink.networkapi.usage.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules for nodes and links: one node per switch; at most one link from and one link to a port, since labels are
 * counted per link. A link may be declared before its nodes; a node is removed after its links. A rule looks only at
 * what has the same switch, port or node, so its cost does not grow with the topology.
 */
final class TopologyRules {

    /** A port of a node. */
    private record OverlayEnd(String overlay, LinkEnd end) {}

    private final GenerationLedger<ResourceId, NodeSpec> nodes;
    private final LedgerIndex<ResourceId, NodeSpec, Thing.OfSwitch> nodesBySwitch;
    private final LedgerIndex<ResourceId, LinkSpec, OverlayEnd> linksFrom;
    private final LedgerIndex<ResourceId, LinkSpec, OverlayEnd> linksTo;
    private final LedgerIndex<ResourceId, LinkSpec, ResourceId> linksFromNode;
    private final LedgerIndex<ResourceId, LinkSpec, ResourceId> linksToNode;

    TopologyRules(
            GenerationLedger<ResourceId, NodeSpec> nodes,
            LedgerIndex<ResourceId, NodeSpec, Thing.OfSwitch> nodesBySwitch,
            GenerationLedger<ResourceId, LinkSpec> links) {
        this.nodes = nodes;
        this.nodesBySwitch = nodesBySwitch;
        this.linksFrom = links.index((id, spec) -> new OverlayEnd(id.overlay(), spec.from()));
        this.linksTo = links.index((id, spec) -> new OverlayEnd(id.overlay(), spec.to()));
        this.linksFromNode = links.index(
                (id, spec) -> new ResourceId(id.overlay(), spec.from().node()));
        this.linksToNode =
                links.index((id, spec) -> new ResourceId(id.overlay(), spec.to().node()));
    }

    List<Violation> violationsOf(ResourceId id, NodeSpec spec) {
        return nodesBySwitch.standing(new Thing.OfSwitch(id.overlay(), spec.datapathId())).stream()
                .filter(other -> !other.id().equals(id))
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
        check(violations, "from", "begins", id, spec.from(), linksFrom);
        check(violations, "to", "ends", id, spec.to(), linksTo);
        return violations;
    }

    private static void check(
            List<Violation> violations,
            String end,
            String does,
            ResourceId id,
            LinkEnd wanted,
            LedgerIndex<ResourceId, LinkSpec, OverlayEnd> links) {
        for (GenerationLedger.Line<ResourceId, LinkSpec> other : links.standing(new OverlayEnd(id.overlay(), wanted))) {
            if (!other.id().equals(id)) {
                violations.add(new Violation(
                        "$.spec." + end,
                        RequestReason.CONFLICT,
                        "Link %s already %s at port %s of node %s. Only one link may do so."
                                .formatted(other.id().name(), does, wanted.port(), wanted.node())));
            }
        }
    }

    List<Violation> violationsOfRemoval(ResourceId node) {
        if (nodes.get(node) == null) {
            return List.of();
        }
        List<String> users = Stream.of(linksFromNode, linksToNode)
                .flatMap(links -> links.standing(node).stream())
                .map(link -> link.id().name())
                .distinct()
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
