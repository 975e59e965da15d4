package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.flow.ledger.NetworkLedger;
import io.vlink.flow.ledger.OwnRecord;
import io.vlink.flow.ledger.Turn;
import io.vlink.flow.status.StatusComposer;
import io.vlink.flow.status.Switches;
import io.vlink.log.Outbox;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One network: its books, and its status as it stands in the log. */
final class NetworkFlow {

    private final NetworkLedger ledger;
    private final Switches switches;
    private final StatusComposer composer;
    private final FlowMeters meters;
    private final OwnRecord<NetworkStatus> status = new OwnRecord<>();
    private boolean inherited;
    private @Nullable Instant alarm;

    NetworkFlow(NetworkId id, Duration settling, Switches switches, StatusComposer composer, FlowMeters meters) {
        this.ledger = new NetworkLedger(id, settling);
        this.switches = switches;
        this.composer = composer;
        this.meters = meters;
    }

    NetworkLedger ledger() {
        return ledger;
    }

    /** Returns whether it was another's, that stands in the place of ours. */
    boolean readStatus(@Nullable NetworkStatus read) {
        return status.read(read);
    }

    void loaded() {
        ledger.loaded();
        inherited = true;
    }

    /** Puts out what follows; returns when to act again even if nothing comes in, where that was not said before. */
    @Nullable Instant act(Instant now, Outbox out) {
        Turn turn = ledger.advance(now, switches::isConnected);
        for (RuleSet set : turn.sets()) {
            out.put(Topic.RULES, set.datapathId(), set.key(), set);
        }
        for (DatapathId datapathId : turn.tombstones()) {
            out.tombstone(Topic.RULES, datapathId, datapathId + "/" + ledger.id());
        }
        meters.ruleSetsWritten(turn.sets().size());
        report(out);
        Instant wakeAt = turn.wakeAt();
        boolean known = wakeAt == null || wakeAt.equals(alarm);
        alarm = wakeAt;
        return known ? null : wakeAt;
    }

    private void report(Outbox out) {
        NetworkId id = ledger.id();
        NetworkStatus last = status.value();
        PathDecision decision = ledger.decision();
        if (decision != null) {
            NetworkStatus next = composer.compose(ledger, decision, last);
            if (last == null || differs(next, last)) {
                status.wrote(next);
                out.put(Topic.STATUSES, id.overlay(), id.toString(), next);
                meters.statusWritten();
            }
            inherited = false;
        } else if (last != null && !ledger.isUnreadable()) {
            status.wrote(null);
            out.tombstone(Topic.STATUSES, id.overlay(), id.toString());
        }
    }

    /** More evidence for the same is no news, but an owner before us that wakes up late must be older than we. */
    private boolean differs(NetworkStatus next, NetworkStatus last) {
        if (last.isOlderThan(next) && inherited) {
            return true;
        }
        return !next.equals(withEvidence(last, next.evidence()));
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

    boolean isFinished() {
        return ledger.isFinished() && status.isGone();
    }
}
