package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.flow.compile.Layout;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of one network: its decision, the rule sets written for each switch, and the switches' reports. {@link #advance}
 * brings the rule sets to what the decision and its {@link Stage} require. Belongs to one thread.
 */
public final class NetworkLedger {

    private final NetworkId id;
    private final MakeBeforeBreakProgress stages;
    private final Holdings holdings = new Holdings();

    private @Nullable PathDecision decision;
    private Instant decidedAt = Instant.EPOCH;
    private boolean unreadable;

    /**
     * Creates an empty ledger.
     *
     * @param layout the table of the rules, and the links that have meters; call {@link #meterChanged} when the latter change
     */
    public NetworkLedger(NetworkId id, Duration settling, Layout layout) {
        this.id = id;
        this.stages = new MakeBeforeBreakProgress(settling, layout);
    }

    // ---- inputs

    /**
     * Processes a decision that was read. An older one than the last is dropped.
     *
     * @throws IllegalArgumentException if it cannot be compiled to rules; everything stays as it is then
     */
    public void decided(PathDecision next, Instant at) {
        PathDecision last = decision;
        if (last != null && next.revision().compareTo(last.revision()) <= 0) {
            return;
        }
        stages.decided(next);
        unreadable = false;
        decision = next;
        decidedAt = at;
    }

    /** Records that the decision was deleted: nothing of the network is wanted any more. */
    public void decisionDeleted() {
        decision = null;
        unreadable = false;
        stages.none();
    }

    /** Processes a decision that cannot be read. If no other is known, everything stays as it is. */
    public void decisionUnreadable() {
        unreadable = decision == null;
    }

    /**
     * Records that best effort over links at a sending port has gained or lost its meter.
     *
     * @return whether this network has such best effort
     */
    public boolean meterChanged(SwitchPort port) {
        PathDecision now = decision;
        boolean concerned =
                now != null && now.circuits().stream().anyMatch(circuit -> PathCompiler.sendsFreely(circuit, port));
        if (concerned) {
            stages.meterChanged(port);
        }
        return concerned;
    }

    /** Processes a report of a switch. */
    public void heard(RuleState state, long offset, Instant at) {
        holdings.of(state.datapathId()).heard(state, offset, at);
    }

    /** Records that a switch's report was deleted. */
    public void heardNoMore(DatapathId datapathId) {
        SwitchLedger known = holdings.known(datapathId);
        if (known != null) {
            known.heardNoMore();
        }
    }

    /**
     * Processes a rule set of this network that was read in the log; null: a tombstone.
     *
     * @return whether it was written by another owner of the partition and replaced ours
     */
    public boolean read(DatapathId datapathId, @Nullable RuleSet set) {
        if (set == null && holdings.known(datapathId) == null) {
            return false;
        }
        boolean foreign = holdings.of(datapathId).read(set);
        PathDecision now = decision;
        if (foreign && set != null && now != null && set.revision().sameDecision(now.revision())) {
            stages.follow(Stage.of(set.revision().stage()));
        }
        return foreign;
    }

    /** Records that the next own rule set for a switch was read in the log. */
    public void readOwn(DatapathId datapathId) {
        holdings.of(datapathId).readOwn();
    }

    /** Records that the log was read to its end: all its records are from former owners. */
    public void loaded() {
        holdings.forEach((datapathId, known) -> known.inherit());
    }

    // ---- outputs

    /**
     * Decides what to write now, and counts it as written.
     *
     * @param connected whether a switch can receive rules now
     */
    public RuleSetChanges advance(Instant now, Predicate<DatapathId> connected) {
        PathDecision wanted = decision;
        if (unreadable || (wanted != null && isBehind(wanted))) {
            return RuleSetChanges.NOTHING;
        }
        if (wanted == null) {
            return cleared();
        }
        stages.refresh();
        if (stages.isEntering()) {
            enter(wanted);
        }
        List<RuleSet> sets = new ArrayList<>();
        do {
            stages.refresh();
            write(wanted, connected, sets);
        } while (stages.advance(isCurrentApplied(), now));
        return new RuleSetChanges(sets, List.of(), stages.settledAt());
    }

    /** Returns whether another owner wrote for a decision that was not read here yet. */
    private boolean isBehind(PathDecision wanted) {
        return holdings.anyWrittenAfter(wanted.revision());
    }

    private void enter(PathDecision wanted) {
        Map<DatapathId, SwitchRules> contents = new HashMap<>();
        List<Stage> reached = new ArrayList<>();
        holdings.forEach((datapathId, known) -> {
            RuleSet set = known.set();
            contents.put(datapathId, known.content());
            if (set != null && set.revision().sameDecision(wanted.revision())) {
                reached.add(Stage.of(set.revision().stage()));
            }
        });
        stages.enter(contents, reached.stream().max(Stage::compareTo).orElse(null));
    }

    /** Brings all switches that the decision names, or that may hold something of this network, to the present stage. */
    private void write(PathDecision wanted, Predicate<DatapathId> connected, List<RuleSet> sets) {
        Stage stage = stages.stage();
        Revision revision = wanted.revision().withStage(stage.number());
        Revision highest = holdings.highest(revision);
        Set<DatapathId> named = stages.change().switches();
        named.forEach(holdings::of); // creates their ledgers
        holdings.forEach((datapathId, known) -> {
            RuleSet last = known.set();
            if (last == null && !named.contains(datapathId)) {
                return;
            }
            SwitchRules want = stages.change().at(stage, datapathId, known.content());
            boolean differs = !want.equals(known.content());
            // A former owner that wakes up late must be older wherever it writes. While the switch is away, the
            // confirmed record stays: it is the last known state.
            boolean outdated = last != null
                    && known.inherited()
                    && last.revision().compareTo(revision) < 0
                    && connected.test(datapathId);
            if (differs || outdated) {
                // Another owner's record may have a stage that is never reached here, and our own may have used other
                // meters. The new one must be recognisable as newer, even than any revision that a status has reported.
                int order = last == null ? -1 : last.revision().compareTo(revision);
                boolean changed = differs && stage.isLast() && (order == 0 || !highest.equals(revision));
                Revision newest = order > 0 || changed ? highest.nextStage() : revision;
                RuleSet set = want.in(datapathId, id, newest);
                known.wrote(set, want);
                sets.add(set);
            }
        });
    }

    /**
     * Nothing is wanted: empties all rule sets, including those of a late writer, and deletes those that are confirmed
     * empty.
     */
    private RuleSetChanges cleared() {
        List<RuleSet> sets = new ArrayList<>();
        List<DatapathId> tombstones = new ArrayList<>();
        holdings.forEach((datapathId, known) -> {
            RuleSet last = known.set();
            if (last == null) {
                return;
            }
            if (!last.isEmpty()) {
                RuleSet empty =
                        SwitchRules.NONE.in(datapathId, id, last.revision().nextStage());
                known.wrote(empty);
                sets.add(empty);
            } else if (known.isApplied()) {
                known.wrote(null);
                tombstones.add(datapathId);
            }
        });
        return new RuleSetChanges(sets, tombstones, null);
    }

    // ---- state

    public NetworkId id() {
        return id;
    }

    public @Nullable PathDecision decision() {
        return decision;
    }

    /** Returns whether there is a decision that cannot be read. Nothing must be changed then. */
    public boolean isUnreadable() {
        return unreadable;
    }

    /** Returns the time at which the decision was recorded. */
    public Instant decidedAt() {
        return decidedAt;
    }

    /** Returns the present stage. */
    public Stage stage() {
        return stages.stage();
    }

    /**
     * Returns whether the decision interrupts nothing that carried traffic before it: it is completed, or carried out in stages, or
     * changes no rule of the current circuit except for meters.
     */
    public boolean isIntact() {
        return stages.isIntact();
    }

    /** Returns the contents of the switches. */
    public Holdings holdings() {
        return holdings;
    }

    /** Returns whether every switch of the current circuit confirmed its last rule set. */
    public boolean isCurrentApplied() {
        Set<DatapathId> crossed = stages.change().switches();
        return !crossed.isEmpty() && isApplied(crossed);
    }

    private boolean isApplied(Set<DatapathId> crossed) {
        for (DatapathId datapathId : crossed) {
            if (!(holdings.confirmation(datapathId) instanceof Confirmation.Applied)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether the last stage is in progress without a result that matters: no switch has rejected it, some have not confirmed
     * it, and each circuit that is being removed is still in some switch.
     */
    public boolean isUnderWay() {
        PathDecision wanted = decision;
        if (wanted == null || stages.isEntering() || !stages.stage().isLast()) {
            return false;
        }
        Set<DatapathId> crossed = stages.change().switches(); // none if the circuit cannot be installed
        boolean waits = wanted.outcome() == Outcome.WITHDRAWN
                ? !wanted.retiring().isEmpty()
                : !crossed.isEmpty() && !isApplied(crossed);
        return waits && !holdings.anyFailed() && !isAnyRemoved(wanted.retiring());
    }

    private boolean isAnyRemoved(List<CircuitRemoval> removals) {
        for (CircuitRemoval each : removals) {
            if (holdings.isRemoved(each)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether nothing is left to track. */
    public boolean isFinished() {
        return decision == null && !unreadable && holdings.areRemoved();
    }
}
