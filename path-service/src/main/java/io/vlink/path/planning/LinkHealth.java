package io.vlink.path.planning;

import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.nodes.Node;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.allocation.Wires;
import io.vlink.path.topology.Outage;
import io.vlink.path.topology.SwitchOwners;
import io.vlink.path.topology.Topology;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides whether new paths may cross a link or node, and explains why not. */
public final class LinkHealth {

    private final Topology topology;
    private final Wires wires;
    private final Predicate<SwitchPort> hasWorkload;
    private final SwitchOwners owners;

    /**
     * Creates a view of the topology as it is at each call.
     *
     * @param hasWorkload returns whether an attachment claims a port
     */
    public LinkHealth(Topology topology, Wires wires, Predicate<SwitchPort> hasWorkload, SwitchOwners owners) {
        this.topology = topology;
        this.wires = wires;
        this.hasWorkload = hasWorkload;
        this.owners = owners;
    }

    /** Returns whether the link is up, and neither it nor one of its nodes is unknown or in maintenance. */
    boolean isHealthy(Link link) {
        return !link.spec().maintenance()
                && isHealthy(link.spec().from().node())
                && isHealthy(link.spec().to().node())
                && topology.outage(link.id().name()) == null
                && takenSide(link) == null;
    }

    /** Returns whether the node is known and not in maintenance. */
    boolean isHealthy(String name) {
        Node node = topology.node(name);
        return node != null && !node.spec().maintenance() && owners.mayUse(node);
    }

    void checkNode(String name, String field, List<Violation> violations) {
        Node node = topology.node(name);
        if (node == null) {
            violations.add(new Violation(field, RefusalReason.NODE_UNKNOWN, "There is no node %s.".formatted(name)));
        } else if (node.spec().maintenance()) {
            violations.add(new Violation(
                    field,
                    RefusalReason.MAINTENANCE,
                    "The node %s is in maintenance; no new path may cross it.".formatted(name)));
        } else if (!owners.mayUse(node)) {
            violations.add(new Violation(
                    field,
                    RefusalReason.SWITCH_TAKEN,
                    "The switch %s of the node %s belongs to another overlay, which declared it first; overlays cannot share a switch."
                            .formatted(node.spec().datapathId(), name)));
        }
    }

    void checkLink(Link link, String field, List<Violation> violations) {
        String name = link.id().name();
        if (link.spec().maintenance()) {
            violations.add(new Violation(
                    field,
                    RefusalReason.MAINTENANCE,
                    "The link %s is in maintenance; no new path may cross it.".formatted(name)));
        }
        Outage outage = topology.outage(name);
        if (outage != null) {
            violations.add(new Violation(field, RefusalReason.LINK_DOWN.word(), down(name, outage), outage.since()));
        }
        WireSide taken = takenSide(link);
        if (taken != null) {
            LinkEnd end = taken.sending() ? link.spec().from() : link.spec().to();
            violations.add(new Violation(
                    field,
                    RefusalReason.PORT_TAKEN,
                    "The link %s %s at the port %s of %s, which a workload uses; the link can be used once the workload has left."
                            .formatted(name, taken.sending() ? "begins" : "ends", end.port(), end.node())));
        }
    }

    /** Returns the side of a link whose port a workload had before the link was declared there; null: none. */
    private @Nullable WireSide takenSide(Link link) {
        for (WireSide side : wires.sides(link)) {
            SwitchPort port = side.switchPort();
            if (port != null && hasWorkload.test(port)) {
                return side;
            }
        }
        return null;
    }

    /** Describes the outage of a link. */
    public static String down(String link, Outage outage) {
        return "The link %s is down (%s): %s.".formatted(link, outage.reason(), unstopped(outage.message()));
    }

    private static String unstopped(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
