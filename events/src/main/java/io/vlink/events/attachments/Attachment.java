package io.vlink.events.attachments;

import io.vlink.events.AttachmentId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded attachment. Key: {@code overlay/namespace/network/id}. It may be recorded before its network.
 *
 * @param generation counts the changes of this attachment
 * @param withdrawn the workload left; {@code spec} is the last one
 * @param spec what the user declared
 * @param createdAt when it was first declared; of two attachments at one end, the earlier one holds it
 * @param requestedBy who asked for the last change, as stated in the request; absent where not stated
 */
public record Attachment(
        AttachmentId id,
        long generation,
        boolean withdrawn,
        Instant createdAt,
        AttachmentSpec spec,
        @Principal @Nullable String requestedBy) {

    /** The topic of these records. */
    public static final TypedTopic<AttachmentId, Attachment> TOPIC =
            new TypedTopic<>(Topic.ATTACHMENTS, Attachment.class, AttachmentId::of, Attachment::id);

    /** An attachment whose requester is not known. */
    public Attachment(AttachmentId id, long generation, boolean withdrawn, Instant createdAt, AttachmentSpec spec) {
        this(id, generation, withdrawn, createdAt, spec, null);
    }
}
