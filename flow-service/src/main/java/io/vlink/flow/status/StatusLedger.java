package io.vlink.flow.status;

import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.flow.ledger.NetworkLedger;
import io.vlink.flow.ledger.OwnRecord;
import org.jspecify.annotations.Nullable;

/** The status of one network as it stands in the log, and whether there is news. Belongs to one thread. */
public final class StatusLedger {

    /** What is to be done with the record. */
    public sealed interface News {
        /** Nothing. */
        record None() implements News {}

        /** It is to be written. */
        record Written(NetworkStatus status) implements News {}

        /** It is to be deleted. */
        record Deleted() implements News {}
    }

    private static final News NONE = new News.None();

    private final StatusComposer composer;
    private final OwnRecord<NetworkStatus> status = new OwnRecord<>();
    private boolean inherited;

    public StatusLedger(StatusComposer composer) {
        this.composer = composer;
    }

    /**
     * A status of ours was read in the log; null: a tombstone.
     *
     * @return whether it was another's, that stands in the place of ours
     */
    public boolean read(@Nullable NetworkStatus read) {
        return status.read(read);
    }

    /** The log was read to its end: what stands there now was written by an owner before us. */
    public void loaded() {
        inherited = status.value() != null;
    }

    /** What is to be written now, which is taken for written. */
    public News advance(NetworkLedger ledger) {
        NetworkStatus last = status.value();
        PathDecision decision = ledger.decision();
        if (decision == null) {
            if (last == null || ledger.isUnreadable()) {
                return NONE;
            }
            status.wrote(null);
            return new News.Deleted();
        }
        NetworkStatus next = composer.compose(ledger, decision, last);
        if (last != null && next.revision().compareTo(last.revision()) < 0) {
            return NONE; // another owner came further than what we have read yet
        }
        // More evidence for the same is no news. But an owner before us that wakes up late must be older than we are.
        boolean fences = inherited && last != null && last.isOlderThan(next);
        inherited = false;
        if (last != null && !fences && next.equals(withEvidence(last, next.evidence()))) {
            return NONE;
        }
        status.wrote(next);
        return new News.Written(next);
    }

    /** Whether nothing stands in the log, and nothing of ours is on its way. */
    public boolean isGone() {
        return status.isGone();
    }

    private static NetworkStatus withEvidence(NetworkStatus status, long evidence) {
        return new NetworkStatus(
                status.id(),
                status.revision(),
                evidence,
                status.phase(),
                status.conditions(),
                status.forward(),
                status.reverse(),
                status.attachments(),
                status.removedCircuits());
    }
}
