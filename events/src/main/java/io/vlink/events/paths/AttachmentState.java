package io.vlink.events.paths;

import io.vlink.events.schema.Known;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one attachment of a network.
 *
 * @param attachment its id within the network
 * @param node the node of the attachment
 * @param holds whether it holds an end
 * @param reason why it does not hold an end, why it cannot be used yet, or what is wrong with it, one word in
 *     CamelCase; absent when all is well
 * @param message the same for people; absent when all is well
 * @param cut true where it holds an end, but for this reason no traffic passes its port now; absent otherwise
 * @param since when the problem began, or when waiting for its end began; absent when all is well
 */
public record AttachmentState(
        String attachment,
        String node,
        boolean holds,
        @Known(AttachmentReason.class) @Nullable String reason,
        @Nullable String message,
        @Nullable Boolean cut,
        @Nullable Instant since) {

    /** The state of an attachment whose port, if it has one, passes frames. */
    public AttachmentState(
            String attachment, String node, boolean holds, @Nullable String reason, @Nullable String message) {
        this(attachment, node, holds, reason, message, null);
    }

    /** The state of an attachment without a known time. */
    public AttachmentState(
            String attachment,
            String node,
            boolean holds,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Boolean cut) {
        this(attachment, node, holds, reason, message, cut, null);
    }

    /** Whether it holds an end, but no traffic passes its port now. */
    public boolean cutsTraffic() {
        return holds && Boolean.TRUE.equals(cut);
    }
}
