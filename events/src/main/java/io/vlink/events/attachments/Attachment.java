package io.vlink.events.attachments;

import io.vlink.events.AttachmentId;
import io.vlink.events.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded attachment. Key: {@code overlay/namespace/network/id}. It may come before its network.
 *
 * @param generation counts the changes of this attachment
 * @param withdrawn the workload left; {@code spec} is as it was last
 * @param spec what the user declared
 * @param createdAt when it was first declared; of two at one end, the earlier one holds it
 * @param requestedBy who asked for the last change, as the request said; absent where it did not
 */
public record Attachment(
        AttachmentId id,
        long generation,
        boolean withdrawn,
        Instant createdAt,
        AttachmentSpec spec,
        @Principal @Nullable String requestedBy) {

    /** One of which nobody knows who asked for it. */
    public Attachment(AttachmentId id, long generation, boolean withdrawn, Instant createdAt, AttachmentSpec spec) {
        this(id, generation, withdrawn, createdAt, spec, null);
    }
}
