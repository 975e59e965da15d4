package io.vlink.path.path;

import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.AttachmentState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attachment that might hold an end, or why it may not, or why it cannot be used yet.
 *
 * @param cut whether, for that reason, no traffic passes its port now; it may hold an end all the same
 * @param since since when its port is so; null: that is not known
 */
record Candidate(
        Attachment attachment,
        @Nullable SwitchPort port,
        boolean eligible,
        @Nullable String reason,
        @Nullable String message,
        boolean cut,
        @Nullable Instant since) {

    /** One of which it is only known that it is so now. */
    Candidate(
            Attachment attachment,
            @Nullable SwitchPort port,
            boolean eligible,
            @Nullable String reason,
            @Nullable String message,
            boolean cut) {
        this(attachment, port, eligible, reason, message, cut, null);
    }

    String id() {
        return attachment.id().id();
    }

    String node() {
        return attachment.spec().node();
    }

    boolean isAtPortOf(Candidate other) {
        if (port != null && other.port != null) {
            return port.equals(other.port);
        }
        return node().equals(other.node())
                && attachment.spec().port().equals(other.attachment.spec().port());
    }

    /** One that may not hold an end. */
    static Candidate barred(Attachment attachment, @Nullable SwitchPort port, AttachmentReason reason, String message) {
        return new Candidate(attachment, port, false, reason.name(), message, false);
    }

    /** What is to be said of it. */
    AttachmentState state(boolean holds) {
        return new AttachmentState(id(), node(), holds, reason, message, (holds && cut) ? true : null, since);
    }
}
