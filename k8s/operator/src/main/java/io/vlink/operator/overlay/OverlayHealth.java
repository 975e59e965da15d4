package io.vlink.operator.overlay;

import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.switches.Switch;
import io.vlink.operator.messaging.SeenTopology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the state of the nodes and links that an overlay owns. Pure. */
final class OverlayHealth {

    private OverlayHealth() {}

    /** Returns a sentence for each node and link that is not up, with the time since which it has not been. */
    static List<String> away(SeenTopology seen, String overlay, List<String> nodes, List<String> links) {
        List<String> away = new ArrayList<>();
        for (String name : nodes) {
            ResourceId id = new ResourceId(overlay, name);
            Node node = seen.node(id); // read first: a withdrawn node is marked as leaving before its record is deleted
            if (seen.isNodeBeingRemoved(id)) {
                continue;
            }
            String words = ofNode(
                    name,
                    node,
                    node == null ? null : seen.switchSeen(node.spec().datapathId()));
            if (words != null) {
                away.add(words);
            }
        }
        for (String name : links) {
            ResourceId id = new ResourceId(overlay, name);
            if (seen.isLinkBeingRemoved(id)) {
                continue;
            }
            String words = ofLink(name, seen.link(id), seen.linkState(id));
            if (words != null) {
                away.add(words);
            }
        }
        return away;
    }

    /**
     * Returns why a node's switch is not ready; null if it is.
     *
     * @param node null while it is not recorded
     * @param seen null if its switch has never connected
     */
    static @Nullable String ofNode(String name, @Nullable Node node, @Nullable Switch seen) {
        if (seen == null) {
            return "The switch of the node %s has not connected yet%s."
                    .formatted(name, waitedFor(node == null ? null : node.createdAt()));
        }
        return seen.state() == Switch.State.CONNECTED
                ? null
                : "The switch of the node %s has been away since %s: %s".formatted(name, seen.since(), seen.reason());
    }

    /**
     * Returns why a link is not up; null if it is.
     *
     * @param link null while it is not recorded
     * @param state null if no gateway has reported it
     */
    static @Nullable String ofLink(String name, @Nullable Link link, @Nullable LinkState state) {
        if (state == null) {
            return "No gateway has reported the link %s yet%s."
                    .formatted(name, waitedFor(link == null ? null : link.createdAt()));
        }
        return state.up()
                ? null
                : "The link %s has been down since %s: %s".formatted(name, state.since(), state.message());
    }

    private static String waitedFor(@Nullable Instant since) {
        return since == null ? "" : " (waiting since " + since + ")";
    }
}
