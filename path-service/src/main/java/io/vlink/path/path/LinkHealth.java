package io.vlink.path.path;

import io.vlink.events.Violation;
import io.vlink.events.links.Link;
import io.vlink.events.nodes.Node;
import io.vlink.path.topology.Outage;
import io.vlink.path.topology.Topology;
import java.util.List;

/** Whether new paths may cross a link or node, and why not. */
final class LinkHealth {

    private final Topology topology;

    LinkHealth(Topology topology) {
        this.topology = topology;
    }

    /** Whether the link is up, and neither it nor one of its nodes is unknown or in maintenance. */
    boolean isHealthy(Link link) {
        return !link.spec().maintenance()
                && isHealthy(link.spec().from().node())
                && isHealthy(link.spec().to().node())
                && topology.outage(link.id().name()) == null;
    }

    /** Whether the node is known and not in maintenance. */
    boolean isHealthy(String name) {
        Node node = topology.node(name);
        return node != null && !node.spec().maintenance();
    }

    void checkNode(String name, String field, List<Violation> violations) {
        Node node = topology.node(name);
        if (node == null) {
            violations.add(new Violation(field, "NodeUnknown", "There is no node %s.".formatted(name)));
        } else if (node.spec().maintenance()) {
            violations.add(new Violation(
                    field, "Maintenance", "The node %s is in maintenance; no new path may cross it.".formatted(name)));
        }
    }

    void checkLink(Link link, String field, List<Violation> violations) {
        String name = link.id().name();
        if (link.spec().maintenance()) {
            violations.add(new Violation(
                    field, "Maintenance", "The link %s is in maintenance; no new path may cross it.".formatted(name)));
        }
        Outage outage = topology.outage(name);
        if (outage != null) {
            violations.add(down(name, field, outage));
        }
    }

    static Violation down(String link, String field, Outage outage) {
        return new Violation(
                field,
                "LinkDown",
                "The link %s is down (%s): %s.".formatted(link, outage.reason(), unstopped(outage.message())));
    }

    private static String unstopped(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
