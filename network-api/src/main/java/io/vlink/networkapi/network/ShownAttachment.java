package io.vlink.networkapi.network;

import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.paths.AttachmentState;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An attachment as REST shows it.
 *
 * @param generation counts its changes; also its entity tag
 * @param requestedBy who requested the last change; absent if unknown
 * @param status its state; absent until known
 */
@Schema(name = "Attachment")
record ShownAttachment(
        String overlay,
        String namespace,
        String network,
        String id,
        long generation,
        Instant createdAt,
        @Nullable String requestedBy,
        AttachmentSpec spec,
        @Nullable AttachmentState status) {

    static ShownAttachment of(Attachment attachment, @Nullable AttachmentState status) {
        return new ShownAttachment(
                attachment.id().network().overlay(),
                attachment.id().network().namespace(),
                attachment.id().network().name(),
                attachment.id().id(),
                attachment.generation(),
                attachment.createdAt(),
                attachment.requestedBy(),
                attachment.spec(),
                status);
    }
}
