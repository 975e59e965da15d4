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

/** How the nodes and links fare that an overlay answers for, in words. Pure. */
final class OverlayHealth {

    private OverlayHealth() {}

    /** What is not as it should be, in words, and since when. */
    static List<String> away(SeenTopology seen, String overlay, List<String> nodes, List<String> links) {
        List<String> away = new ArrayList<>();
        for (String name : nodes) {
            ResourceId id = new ResourceId(overlay, name);
            Node node = seen.node(id); // asked first: who is withdrawn leaves before it is gone
            if (seen.isNodeLeaving(id)) {
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
            if (seen.isLinkLeaving(id)) {
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
     * Why a node's switch is not as it should be; null: it is.
     *
     * @param node absent while it is not recorded
     * @param seen absent where its switch never connected
     */
    static @Nullable String ofNode(String name, @Nullable Node node, @Nullable Switch seen) {
        if (seen == null) {
            return "The switch of %s has not connected yet%s."
                    .formatted(name, waitedFor(node == null ? null : node.createdAt()));
        }
        return seen.state() == Switch.State.CONNECTED
                ? null
                : "The switch of %s is away since %s: %s".formatted(name, seen.since(), seen.reason());
    }

    /**
     * Why a link is not as it should be; null: it is.
     *
     * @param link absent while it is not recorded
     * @param state absent where no gateway told of it
     */
    static @Nullable String ofLink(String name, @Nullable Link link, @Nullable LinkState state) {
        if (state == null) {
            return "Nothing is known of the link %s yet%s."
                    .formatted(name, waitedFor(link == null ? null : link.createdAt()));
        }
        return state.up() ? null : "The link %s is down since %s: %s".formatted(name, state.since(), state.message());
    }

    private static String waitedFor(@Nullable Instant since) {
        return since == null ? "" : ", and is waited for since " + since;
    }
}
