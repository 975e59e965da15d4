package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.flow.compile.Layout;
import io.vlink.flow.ledger.NetworkLedger;
import io.vlink.flow.ledger.RuleSetChanges;
import io.vlink.flow.status.StatusComposer;
import io.vlink.flow.status.StatusLedger;
import io.vlink.flow.status.Switches;
import io.vlink.log.Outbox;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One network: its rules and its status, and writing of both. */
final class NetworkFlow {

    private static final Logger LOG = Logger.getLogger(NetworkFlow.class);

    private final NetworkId id;
    private final NetworkLedger ledger;
    private final StatusLedger status;
    private final Switches switches;
    private final Echoes echoes;
    private final FlowMeters meters;
    private @Nullable Instant alarm;
    private @Nullable Phase counted;

    NetworkFlow(
            NetworkId id,
            Duration settling,
            Layout layout,
            Switches switches,
            StatusComposer composer,
            Echoes echoes,
            FlowMeters meters) {
        this.id = id;
        this.ledger = new NetworkLedger(id, settling, layout);
        this.status = new StatusLedger(composer);
        this.switches = switches;
        this.echoes = echoes;
        this.meters = meters;
    }

    NetworkLedger ledger() {
        return ledger;
    }

    StatusLedger status() {
        return status;
    }

    void loaded() {
        ledger.loaded();
        status.loaded();
    }

    /**
     * Writes the resulting records; returns the time at which to act again even if nothing was read, if it is a new
     * one.
     */
    @Nullable Instant act(Instant now, Outbox out) {
        RuleSetChanges turn = ledger.advance(now, switches::isConnected);
        for (RuleSet set : turn.sets()) {
            String key = set.key();
            echoes.wrote(Topic.RULES, key, out.put(Topic.RULES, set.datapathId(), key, set));
        }
        for (DatapathId datapathId : turn.tombstones()) {
            out.tombstone(Topic.RULES, datapathId, datapathId + "/" + id);
        }
        meters.ruleSetsWritten(turn.sets().size());
        report(now, out);
        count(status.phase());
        Instant wakeAt = earlier(turn.wakeAt(), status.wakeAt());
        boolean known = wakeAt == null || wakeAt.equals(alarm);
        alarm = wakeAt;
        return known ? null : wakeAt;
    }

    /** Returns whether the switches' reports require nothing yet: others are still missing, and it is too early to report them. */
    boolean isWaiting(Instant now) {
        return status.isPatient(now) && ledger.isUnderWay();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private void report(Instant now, Outbox out) {
        switch (status.advance(ledger, now)) {
            case StatusLedger.News.None none -> {}
            case StatusLedger.News.Deleted deleted -> out.tombstone(Topic.STATUSES, id.overlay(), id.toString());
            case StatusLedger.News.ToWrite written -> {
                NetworkStatus next = written.status();
                String key = id.toString();
                echoes.wrote(Topic.STATUSES, key, out.put(Topic.STATUSES, id.overlay(), key, next));
                meters.statusWritten();
                LOG.debugf(
                        "Status: network=%s generation=%d phase=%s",
                        id, next.revision().generation(), next.phase());
            }
        }
    }

    /** Stops counting the network: it is gone, or belongs to another owner. */
    void close() {
        count(null);
    }

    private void count(@Nullable Phase phase) {
        if (phase != counted) {
            meters.moved(counted, phase);
            counted = phase;
        }
    }

    /** Returns whether it can be dropped: nothing is left of it, and all own records were read back. */
    boolean isFinished() {
        return ledger.isFinished() && status.isRemoved();
    }
}
