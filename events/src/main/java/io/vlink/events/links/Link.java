package io.vlink.events.links;

import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded link: ONE direction between two switch ports. Key: {@code overlay/name}.
 *
 * @param generation counts the changes of this link
 * @param withdrawn the user removed it; {@code spec} is the last one
 * @param spec what the user declared
 * @param createdAt when this link was first declared
 * @param requestedBy who asked for the last change, as stated in the request; absent where not stated
 */
public record Link(
        ResourceId id,
        long generation,
        boolean withdrawn,
        Instant createdAt,
        LinkSpec spec,
        @Principal @Nullable String requestedBy) {

    /** The topic of these records. */
    public static final TypedTopic<ResourceId, Link> TOPIC =
            new TypedTopic<>(Topic.LINKS, Link.class, ResourceId::of, Link::id);

    /** A link whose requester is not known. */
    public Link(ResourceId id, long generation, boolean withdrawn, Instant createdAt, LinkSpec spec) {
        this(id, generation, withdrawn, createdAt, spec, null);
    }
}
