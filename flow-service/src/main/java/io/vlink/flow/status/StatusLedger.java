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
    /** How long it may stay untold that switches are waited for, and which: mostly, that is over by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final StatusComposer composer;
    private final OwnRecord<NetworkStatus> status = new OwnRecord<>();
    private boolean inherited;
    private @Nullable Instant dueAt;

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

    /** The status that we wrote, and have not read yet, was read in the log. */
    public void readOwn() {
        status.readOwn();
    }

    /** The phase that is told, absent where none is. */
    public @Nullable Phase phase() {
        NetworkStatus told = status.value();
        return told == null ? null : told.phase();
    }

    /** The log was read to its end: what stands there now was written by an owner before us. */
    public void loaded() {
        inherited = status.value() != null;
    }

    /** Whether there is only news that may stay untold for now: that switches are waited for. */
    public boolean isPatient(Instant now) {
        return dueAt != null && now.isBefore(dueAt);
    }

    /** When to look again even if nothing comes in; absent: no need. */
    public @Nullable Instant wakeAt() {
        return dueAt;
    }

    /** What is to be written now, which is taken for written. */
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
            return NONE; // another owner came further than what we have read yet
        }
        // More evidence for the same is no news. But an owner before us that wakes up late must be older than we are.
        boolean fences = inherited && last != null && last.isOlderThan(next);
        inherited = false;
        if (!fences && !isDue(next, last, now)) {
            return NONE;
        }
        dueAt = null;
        status.wrote(next);
        return new News.Written(next);
    }

    /**
     * Whether it is known before anything is put into words that there is news, and that all of it is {@link #isPassing passing}: so
     * it is for every network that is being made or removed, until its switches have confirmed, and once more for every one
     * that is removed, when what is gone is gone in the books too.
     */
    private boolean isKnownToPass(NetworkLedger ledger, PathDecision decision, @Nullable NetworkStatus last) {
        boolean begins = last == null
                || (decision.outcome() == Outcome.WITHDRAWN
                        && last.phase() != Phase.Removing
                        && composer.revision(ledger, decision, last).compareTo(last.revision()) >= 0);
        return (begins && ledger.isUnderWay() && composer.areControlled(ledger.holdings()))
                || (last != null && isInBooksToo(ledger, decision, last));
    }

    /** Whether what was told to be gone is gone in a later decision too, and nothing came up since. */
    private static boolean isInBooksToo(NetworkLedger ledger, PathDecision decision, NetworkStatus last) {
        return last.phase() == Phase.Removed
                && decision.outcome() == Outcome.WITHDRAWN
                && decision.retiring().isEmpty()
                && decision.revision().isOfLaterDecision(last.revision())
                && ledger.holdings().areEmpty();
    }

    /** Whether passing news may stay untold for now. */
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
     * Whether all news is that switches are waited for, by a network that carries nothing yet or nothing any more; or that
     * what is gone is gone in the books too.
     */
    private static boolean isPassing(NetworkStatus next, @Nullable NetworkStatus last) {
        if (last != null && last.phase() == Phase.Removed && next.phase() == Phase.Removed) {
            return next.removedCircuits().isEmpty();
        }
        boolean waits = next.condition(Condition.Type.Programmed)
                .filter(StatusLedger::isWait)
                .isPresent();
        List<Long> removedBefore = last == null ? List.of() : last.removedCircuits();
        return waits
                && removedBefore.containsAll(next.removedCircuits())
                && (next.phase() == Phase.Removing || (next.phase() == Phase.Programming && !isServing(last)));
    }

    private static boolean isServing(@Nullable NetworkStatus last) {
        return last != null
                && last.condition(Condition.Type.Ready)
                        .filter(ready -> ready.status() == Condition.Truth.TRUE)
                        .isPresent();
    }

    private static List<Condition> untold(NetworkStatus status) {
        return status.conditions().stream()
                .map(condition -> isWait(condition) ? without(condition) : condition)
                .toList();
    }

    /** Whether it says no more than that switches are waited for. */
    private static boolean isWait(Condition condition) {
        return condition.is(ConditionReason.Unconfirmed) || condition.is(ConditionReason.Removing);
    }

    private static Condition without(Condition told) {
        return new Condition(
                told.type(), told.status(), told.reason(), "", told.observedGeneration(), told.lastTransitionTime());
    }

    /** Whether nothing stands in the log, and nothing of ours is on its way. */
    public boolean isGone() {
        return status.isGone();
    }

    /** Whether two statuses with these conditions say the same, on whatever evidence. */
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
