package io.vlink.path.decision;

import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.AttachmentState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attachment that may hold an endpoint, or the reason why it may not, or why it is not usable yet.
 *
 * @param cut whether, for that reason, no traffic passes its port now; it may hold an endpoint nevertheless
 * @param since the time since which its port has been in that state; null: unknown
 */
record Candidate(
        Attachment attachment,
        @Nullable SwitchPort port,
        boolean eligible,
        @Nullable String reason,
        @Nullable String message,
        boolean cut,
        @Nullable Instant since) {

    /** Makes a candidate in a state of unknown age. */
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

    /** Makes a candidate that may not hold an endpoint. */
    static Candidate barred(Attachment attachment, @Nullable SwitchPort port, AttachmentReason reason, String message) {
        return new Candidate(attachment, port, false, reason.word(), message, false);
    }

    /** Returns the state to report of this attachment. */
    AttachmentState state(boolean holds) {
        return new AttachmentState(id(), node(), holds, reason, message, (holds && cut) ? true : null, since);
    }
}
