package io.vlink.events.paths;

import io.vlink.events.Known;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attachment of a network.
 *
 * @param attachment its id within the network
 * @param node where it is
 * @param holds whether it holds an end
 * @param reason why it does not, why it cannot be used yet, or what is wrong with it, one word in CamelCase;
 *     absent when all is well
 * @param message the same for people; absent when all is well
 * @param cut true where it holds an end, and for that reason no traffic passes its port now; absent otherwise
 * @param since since when it is so, or since when it is waited for that it ends; absent when all is well
 */
public record AttachmentState(
        String attachment,
        String node,
        boolean holds,
        @Known(AttachmentReason.class) @Nullable String reason,
        @Nullable String message,
        @Nullable Boolean cut,
        @Nullable Instant since) {

    /** One whose port, if it has one, passes what it is given. */
    public AttachmentState(
            String attachment, String node, boolean holds, @Nullable String reason, @Nullable String message) {
        this(attachment, node, holds, reason, message, null);
    }

    /** One of which it is not known since when. */
    public AttachmentState(
            String attachment,
            String node,
            boolean holds,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Boolean cut) {
        this(attachment, node, holds, reason, message, cut, null);
    }

    /** Whether it holds an end, and no traffic passes its port now. */
    public boolean cutsTraffic() {
        return holds && Boolean.TRUE.equals(cut);
    }
}
