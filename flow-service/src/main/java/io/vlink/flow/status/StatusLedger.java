package io.vlink.flow.status;

import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.ConditionReason;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.flow.ledger.NetworkLedger;
import io.vlink.flow.ledger.OwnRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of one network in the log, and whether a new one is due. Belongs to one thread. */
public final class StatusLedger {

    /** The action to take on the record. */
    public sealed interface News {
        /** Nothing. */
        record None() implements News {}

        /** Writes it. */
        record ToWrite(NetworkStatus status) implements News {}

        /** Deletes it. */
        record Deleted() implements News {}
    }

    private static final News NONE = new News.None();
    /** Time for which unconfirmed switches need not be reported: most have confirmed by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final StatusComposer composer;
    private final OwnRecord<NetworkStatus> status = new OwnRecord<>();
    private boolean inherited;
    private @Nullable Instant dueAt;

    public StatusLedger(StatusComposer composer) {
        this.composer = composer;
    }

    /**
     * Processes a status of this network that was read in the log; null: a tombstone.
     *
     * @return whether it was written by another owner of the partition and replaced ours
     */
    public boolean read(@Nullable NetworkStatus read) {
        return status.read(read);
    }

    /** Records that the next own status was read in the log. */
    public void readOwn() {
        status.readOwn();
    }

    /** Returns the phase in the log; absent: there is no status. */
    public @Nullable Phase phase() {
        NetworkStatus told = status.value();
        return told == null ? null : told.phase();
    }

    /** Records that the log was read to its end: its record is from a former owner. */
    public void loaded() {
        inherited = status.value() != null;
    }

    /** Returns whether the only news, unconfirmed switches, need not be reported yet. */
    public boolean isPatient(Instant now) {
        return dueAt != null && now.isBefore(dueAt);
    }

    /** Returns the time at which to act again even if nothing was read; absent: no need. */
    public @Nullable Instant wakeAt() {
        return dueAt;
    }

    /** Decides what to write now, and counts it as written. */
    public News advance(NetworkLedger ledger, Instant now) {
        NetworkStatus last = status.value();
        PathDecision decision = ledger.decision();
        if (decision == null) {
            if (last == null || ledger.isUnreadable()) {
                return NONE;
            }
            status.wrote(null);
            return new News.Deleted();
        }
        if (!inherited && isKnownToPass(ledger, decision, last) && isTooEarly(now)) {
            return NONE;
        }
        NetworkStatus next = composer.compose(ledger, decision, last);
        if (last != null && next.revision().compareTo(last.revision()) < 0) {
            return NONE; // another owner has read further than this one
        }
        // More evidence for the same status is not news. But a former owner that wakes up late must be older than this
        // one.
        boolean fences = inherited && last != null && last.isOlderThan(next);
        inherited = false;
        if (!fences && !isDue(next, last, now)) {
            return NONE;
        }
        dueAt = null;
        status.wrote(next);
        return new News.ToWrite(next);
    }

    /**
     * Returns whether it is clear, before the status is composed, that there is news and that all of it is
     * {@link #isPassing passing}. This holds for every network that is being created or removed, until its switches
     * have confirmed, and once more for every removed one, when the decision no longer names its circuits.
     */
    private boolean isKnownToPass(NetworkLedger ledger, PathDecision decision, @Nullable NetworkStatus last) {
        boolean begins = last == null
                || (decision.outcome() == Outcome.WITHDRAWN
                        && last.phase() != Phase.REMOVING
                        && composer.revision(ledger, decision, last).compareTo(last.revision()) >= 0);
        return (begins && ledger.isUnderWay() && composer.areControlled(ledger.holdings()))
                || (last != null && isInBooksToo(ledger, decision, last));
    }

    /** Returns whether a later decision no longer names the circuits that were reported as removed, and nothing else changed. */
    private static boolean isInBooksToo(NetworkLedger ledger, PathDecision decision, NetworkStatus last) {
        return last.phase() == Phase.REMOVED
                && decision.outcome() == Outcome.WITHDRAWN
                && decision.retiring().isEmpty()
                && decision.revision().isOfLaterDecision(last.revision())
                && ledger.holdings().areEmpty();
    }

    /** Returns whether passing news need not be reported yet. */
    private boolean isTooEarly(Instant now) {
        if (dueAt == null) {
            dueAt = now.plus(PATIENCE);
        }
        return now.isBefore(dueAt);
    }

    private boolean isDue(NetworkStatus next, @Nullable NetworkStatus last, Instant now) {
        if (last != null && isSame(next, next.conditions(), last, last.conditions())) {
            dueAt = null;
            return false;
        }
        boolean tellsMore =
                last == null || next.phase() != last.phase() || !isSame(next, untold(next), last, untold(last));
        if (tellsMore && !isPassing(next, last)) {
            return true;
        }
        return !isTooEarly(now);
    }

    /**
     * Returns whether the only news is that a network without traffic, new or being removed, waits for switches, or that the decision no
     * longer names the removed circuits.
     */
    private static boolean isPassing(NetworkStatus next, @Nullable NetworkStatus last) {
        if (last != null && last.phase() == Phase.REMOVED && next.phase() == Phase.REMOVED) {
            return next.removedCircuits().isEmpty();
        }
        boolean waits = next.condition(Condition.Type.PROGRAMMED)
                .filter(StatusLedger::isWait)
                .isPresent();
        List<Long> removedBefore = last == null ? List.of() : last.removedCircuits();
        return waits
                && removedBefore.containsAll(next.removedCircuits())
                && (next.phase() == Phase.REMOVING || (next.phase() == Phase.PROGRAMMING && !isServing(last)));
    }

    private static boolean isServing(@Nullable NetworkStatus last) {
        return last != null
                && last.condition(Condition.Type.READY)
                        .filter(ready -> ready.status() == Condition.Truth.TRUE)
                        .isPresent();
    }

    private static List<Condition> untold(NetworkStatus status) {
        return status.conditions().stream()
                .map(condition -> isWait(condition) ? without(condition) : condition)
                .toList();
    }

    /** Returns whether a condition only reports unconfirmed switches. */
    private static boolean isWait(Condition condition) {
        return condition.is(ConditionReason.UNCONFIRMED) || condition.is(ConditionReason.REMOVING);
    }

    private static Condition without(Condition told) {
        return new Condition(
                told.type(), told.status(), told.reason(), "", told.observedGeneration(), told.lastTransitionTime());
    }

    /** Returns whether there is no record in the log, and none is on its way. */
    public boolean isRemoved() {
        return status.isRemoved();
    }

    /** Returns whether two statuses with these conditions are equal except for their evidence. */
    private static boolean isSame(
            NetworkStatus one, List<Condition> said, NetworkStatus other, List<Condition> saidBefore) {
        return one.phase() == other.phase()
                && one.revision().equals(other.revision())
                && with(one, other.evidence(), said).equals(with(other, other.evidence(), saidBefore));
    }

    private static NetworkStatus with(NetworkStatus status, long evidence, List<Condition> conditions) {
        return new NetworkStatus(
                status.id(),
                status.revision(),
                evidence,
                status.phase(),
                conditions,
                status.forward(),
                status.reverse(),
                status.attachments(),
                status.removedCircuits());
    }
}
