package io.vlink.networkapi.topology;

import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.requests.Warning;
import io.vlink.events.switches.Switch;
import io.vlink.networkapi.rest.Warned;
import io.vlink.networkapi.usage.Use;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A node as REST shows it.
 *
 * @param generation counts its changes; also its entity tag
 * @param requestedBy who requested the last change; absent if unknown
 * @param withdrawn true while it is being removed, when it takes no new paths; absent otherwise
 * @param status the status of its switch; absent until the switch is first seen
 * @param use how many networks cross it; absent if none does
 * @param warnings what the caller should know, only in the answer to a write; also {@code Conflict}, while its switch
 *     belongs to another overlay
 */
@Schema(name = "Node")
record ShownNode(
        String overlay,
        String name,
        long generation,
        Instant createdAt,
        @Nullable String requestedBy,
        @Nullable Boolean withdrawn,
        NodeSpec spec,
        @Nullable ShownNodeStatus status,
        @Nullable Use use,
        @Nullable List<Warning> warnings)
        implements Warned {

    private static final Warning CONFLICT = new Warning(
            RequestReason.CONFLICT,
            "The switch is also a node of another overlay, which had it first. Neither overlay knows what the other does, and"
                    + " their networks may not be isolated from each other. Delete one of the two nodes.",
            null,
            null);

    /** The node's switch as its gateway sees it. */
    @Schema(name = "NodeStatus")
    record ShownNodeStatus(Switch.State state, @Nullable String reason, Instant since) {}

    static ShownNode of(Node node, @Nullable Switch seen, Use use, boolean conflicted) {
        return new ShownNode(
                node.id().overlay(),
                node.id().name(),
                node.generation(),
                node.createdAt(),
                node.requestedBy(),
                node.withdrawn() ? Boolean.TRUE : null,
                node.spec(),
                seen == null ? null : new ShownNodeStatus(seen.state(), seen.reason(), seen.since()),
                use.unused() ? null : use,
                conflicted ? List.of(CONFLICT) : null);
    }

    @Override
    public ShownNode with(List<Warning> of) {
        return new ShownNode(overlay, name, generation, createdAt, requestedBy, withdrawn, spec, status, use, of);
    }
}
