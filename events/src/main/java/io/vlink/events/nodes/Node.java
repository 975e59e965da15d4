package io.vlink.events.nodes;

import io.vlink.events.ResourceId;
import java.time.Instant;

/**
 * A recorded node. Key: {@code overlay/name}.
 *
 * @param generation counts the changes of this node
 * @param withdrawn the user removed it; {@code spec} is as it was last
 * @param spec what the user declared
 * @param createdAt when this node was first declared
 */
public record Node(ResourceId id, long generation, boolean withdrawn, Instant createdAt, NodeSpec spec) {}
