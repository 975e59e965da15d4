package io.vlink.events.links;

import io.vlink.events.ResourceId;
import java.time.Instant;

/**
 * A recorded link: ONE direction between two switch ports. Key: {@code overlay/name}.
 *
 * @param generation counts the changes of this link
 * @param withdrawn the user removed it; {@code spec} is as it was last
 * @param spec what the user declared
 * @param createdAt when this link was first declared
 */
public record Link(ResourceId id, long generation, boolean withdrawn, Instant createdAt, LinkSpec spec) {}
