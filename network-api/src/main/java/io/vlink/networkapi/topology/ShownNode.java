package io.vlink.networkapi.topology;

import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A node as REST shows it.
 *
 * @param generation counts its changes; also its entity tag
 * @param status what is known of its switch; absent while that was never seen
 */
@Schema(name = "Node")
record ShownNode(
        String overlay,
        String name,
        long generation,
        Instant createdAt,
        NodeSpec spec,
        @Nullable Status status) {

    /** The node's switch, as its gateway sees it. */
    @Schema(name = "NodeStatus")
    record Status(Switch.State state, @Nullable String reason, Instant since) {}

    static ShownNode of(Node node, @Nullable Switch seen) {
        return new ShownNode(
                node.id().overlay(),
                node.id().name(),
                node.generation(),
                node.createdAt(),
                node.spec(),
                seen == null ? null : new Status(seen.state(), seen.reason(), seen.since()));
    }
}
