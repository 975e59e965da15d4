package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Retiring;
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
 * The books of one network: the decision, what was written for each switch, and what each switch said. {@link #advance}
 * brings what is written to what the decision and the {@link Stage} of its turnover want. Belongs to one thread.
 */
public final class NetworkLedger {

    private final NetworkId id;
    private final Stages stages;
    private final Holdings holdings = new Holdings();

    private @Nullable PathDecision decision;
    private Instant decidedAt = Instant.EPOCH;
    private boolean unreadable;

    /**
     * Makes one that knows nothing yet.
     *
     * @param layout where rules are to stand, and which links have meters; when the latter changes, it is to be told by
     *     {@link #meterChanged}
     */
    public NetworkLedger(NetworkId id, Duration settling, Layout layout) {
        this.id = id;
        this.stages = new Stages(settling, layout);
    }

    // ---- what comes in

    /**
     * A decision was read. An older one than the last is dropped.
     *
     * @throws IllegalArgumentException if no rules can be made of it; everything stays as it is then
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

    /** The decision was deleted: nothing of the network is wanted any more. */
    public void decisionGone() {
        decision = null;
        unreadable = false;
        stages.none();
    }

    /** There is a decision that cannot be read. Where it is the only one that we know of, everything stays as it is. */
    public void decisionUnreadable() {
        unreadable = decision == null;
    }

    /**
     * The best effort that leaves by a port over links passes a meter now, or none any more.
     *
     * @return whether anything here leaves so
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

    /** A switch was heard of. */
    public void heard(RuleState state, long offset, Instant at) {
        holdings.of(state.datapathId()).heard(state, offset, at);
    }

    /** The record of what a switch said was deleted. */
    public void heardNoMore(DatapathId datapathId) {
        SwitchLedger known = holdings.known(datapathId);
        if (known != null) {
            known.heardNoMore();
        }
    }

    /**
     * A rule set of ours was read in the log; null: a tombstone.
     *
     * @return whether it was another's, that stands in the place of ours
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

    /** The rule set that we wrote for a switch, and have not read yet, was read in the log. */
    public void readOwn(DatapathId datapathId) {
        holdings.of(datapathId).readOwn();
    }

    /** The log was read to its end: all that stands there now was written by owners before us. */
    public void loaded() {
        holdings.forEach((datapathId, known) -> known.inherit());
    }

    // ---- what follows

    /**
     * Decides what is to be written now, and takes it for written.
     *
     * @param connected whether a switch can take rules now
     */
    public Turn advance(Instant now, Predicate<DatapathId> connected) {
        PathDecision wanted = decision;
        if (unreadable || (wanted != null && isBehind(wanted))) {
            return Turn.NOTHING;
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
        return new Turn(sets, List.of(), stages.settledAt());
    }

    /** Another owner wrote for a decision that we have not read yet: it is on its way to us. */
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

    /** Brings all switches that hold, or may hold, something of this network, or that the decision names, to the present stage. */
    private void write(PathDecision wanted, Predicate<DatapathId> connected, List<RuleSet> sets) {
        Stage stage = stages.stage();
        Revision revision = wanted.revision().withStage(stage.number());
        Revision highest = holdings.highest(revision);
        Set<DatapathId> named = stages.turnover().switches();
        named.forEach(holdings::of); // each has books from now on
        holdings.forEach((datapathId, known) -> {
            RuleSet last = known.set();
            if (last == null && !named.contains(datapathId)) {
                return;
            }
            SwitchRules want = stages.turnover().at(stage, datapathId, known.content());
            boolean differs = !want.equals(known.content());
            // So that an owner before us that wakes up late is older wherever it writes. Where the switch is away, the
            // record stays as confirmed until it is back: it says what is last known.
            boolean outdated = last != null
                    && known.inherited()
                    && last.revision().compareTo(revision) < 0
                    && connected.test(datapathId);
            if (differs || outdated) {
                // A foreign record may claim a stage that we never reach, and ours may have passed other meters: the
                // newer one must show as such, and be newer than what any status has spoken of.
                int order = last == null ? -1 : last.revision().compareTo(revision);
                boolean changed = differs && stage.isLast() && (order == 0 || !highest.equals(revision));
                Revision newest = order > 0 || changed ? highest.nextStage() : revision;
                RuleSet set = want.in(datapathId, id, newest);
                known.wrote(set, want);
                sets.add(set);
            }
        });
    }

    /** Nothing is wanted: whatever a late writer left is emptied, and what is confirmed empty is deleted. */
    private Turn cleared() {
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
        return new Turn(sets, tombstones, null);
    }

    // ---- what is known

    public NetworkId id() {
        return id;
    }

    public @Nullable PathDecision decision() {
        return decision;
    }

    /** Whether there is a decision that we cannot read, so that nothing is to be touched. */
    public boolean isUnreadable() {
        return unreadable;
    }

    /** When the decision was recorded. */
    public Instant decidedAt() {
        return decidedAt;
    }

    /** The stage reached. */
    public Stage stage() {
        return stages.stage();
    }

    /**
     * Whether the decision takes nothing away that served before it: it was carried out, or it is carried out in stages, or
     * touches no rule of the current circuit (meters aside).
     */
    public boolean isIntact() {
        return stages.isIntact();
    }

    /** What the switches hold. */
    public Holdings holdings() {
        return holdings;
    }

    /** Whether every switch of the current circuit confirmed what was last written for it. */
    public boolean isCurrentApplied() {
        Set<DatapathId> crossed = stages.turnover().switches();
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
     * Whether the last stage is on its way and has come nowhere yet that matters: no switch has refused it, some have not
     * confirmed it, and each circuit that is to go is still somewhere.
     */
    public boolean isUnderWay() {
        PathDecision wanted = decision;
        if (wanted == null || stages.isEntering() || !stages.stage().isLast()) {
            return false;
        }
        Set<DatapathId> crossed = stages.turnover().switches(); // none where the circuit cannot be installed
        boolean waits = wanted.outcome() == Outcome.WITHDRAWN
                ? !wanted.retiring().isEmpty()
                : !crossed.isEmpty() && !isApplied(crossed);
        return waits && !holdings.anyFailed() && !isAnyGone(wanted.retiring());
    }

    private boolean isAnyGone(List<Retiring> leaving) {
        for (Retiring each : leaving) {
            if (holdings.isGone(each)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is left to keep books of. */
    public boolean isFinished() {
        return decision == null && !unreadable && holdings.areGone();
    }
}
