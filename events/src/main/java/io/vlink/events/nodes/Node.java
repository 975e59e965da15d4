package io.vlink.events.nodes;

import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded node. Key: {@code overlay/name}.
 *
 * @param generation counts the changes of this node
 * @param withdrawn the user removed it; {@code spec} is the last one
 * @param spec what the user declared
 * @param createdAt when this node was first declared
 * @param requestedBy who asked for the last change, as stated in the request; absent where not stated
 */
public record Node(
        ResourceId id,
        long generation,
        boolean withdrawn,
        Instant createdAt,
        NodeSpec spec,
        @Principal @Nullable String requestedBy) {

    /** The topic of these records. */
    public static final TypedTopic<ResourceId, Node> TOPIC =
            new TypedTopic<>(Topic.NODES, Node.class, ResourceId::of, Node::id);

    /** A node whose requester is not known. */
    public Node(ResourceId id, long generation, boolean withdrawn, Instant createdAt, NodeSpec spec) {
        this(id, generation, withdrawn, createdAt, spec, null);
    }
}
