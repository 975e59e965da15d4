package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Retiring;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Shadow;
import io.vlink.flow.compile.SwitchRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The books of one network: the decision, what was written for each switch, and what each switch said. {@link #advance}
 * brings what is written to what the decision and the stage of its {@link Turnover} want. Belongs to one thread.
 */
public final class NetworkLedger {

    private static final Confirmation NEVER_ASKED = new Confirmation.Applied();

    private final NetworkId id;
    private final Stages stages;
    private final Map<DatapathId, SwitchLedger> switches = new TreeMap<>();

    private @Nullable PathDecision decision;
    private Instant decidedAt = Instant.EPOCH;
    private boolean unreadable;

    public NetworkLedger(NetworkId id, Duration settling) {
        this.id = id;
        this.stages = new Stages(settling);
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

    /** A switch was heard of. */
    public void heard(RuleState state, long offset, Instant at) {
        of(state.datapathId()).heard(state, offset, at);
    }

    /** The record of what a switch said was deleted. */
    public void heardNoMore(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
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
        if (set == null && !switches.containsKey(datapathId)) {
            return false;
        }
        boolean foreign = of(datapathId).read(set);
        PathDecision now = decision;
        if (foreign && set != null && now != null && set.revision().sameDecision(now.revision())) {
            stages.follow(set.revision().stage());
        }
        return foreign;
    }

    /** The rule set that we wrote for a switch, and have not read yet, was read in the log. */
    public void readOwn(DatapathId datapathId) {
        of(datapathId).readOwn();
    }

    /** The log was read to its end: all that stands there now was written by owners before us. */
    public void loaded() {
        switches.values().forEach(SwitchLedger::inherit);
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
        if (stages.isEntering()) {
            enter(wanted);
        }
        List<RuleSet> sets = new ArrayList<>();
        do {
            write(wanted, connected, sets);
        } while (stages.advance(isCurrentApplied(), now));
        return new Turn(sets, List.of(), stages.settledAt());
    }

    /** Another owner wrote for a decision that we have not read yet: it is on its way to us. */
    private boolean isBehind(PathDecision wanted) {
        Revision ours = wanted.revision().withStage(0);
        for (SwitchLedger known : switches.values()) {
            RuleSet set = known.set();
            if (set != null && set.revision().withStage(0).compareTo(ours) > 0) {
                return true;
            }
        }
        return false;
    }

    private void enter(PathDecision wanted) {
        Map<DatapathId, SwitchRules> contents = new HashMap<>();
        int reached = -1;
        for (Map.Entry<DatapathId, SwitchLedger> each : switches.entrySet()) {
            RuleSet set = each.getValue().set();
            contents.put(each.getKey(), each.getValue().content());
            if (set != null && set.revision().sameDecision(wanted.revision())) {
                reached = Math.max(reached, set.revision().stage());
            }
        }
        stages.enter(contents, reached);
    }

    private void write(PathDecision wanted, Predicate<DatapathId> connected, List<RuleSet> sets) {
        Revision revision = wanted.revision().withStage(stages.stage());
        for (DatapathId datapathId : concerned()) {
            SwitchLedger known = of(datapathId);
            RuleSet last = known.set();
            SwitchRules want = stages.turnover().at(stages.stage(), datapathId, known.content());
            boolean differs = !want.equals(known.content());
            // So that an owner before us that wakes up late is older wherever it writes. Where the switch is away, the
            // record stays as confirmed until it is back: it says what is last known.
            boolean outdated = last != null
                    && known.inherited()
                    && last.revision().compareTo(revision) < 0
                    && connected.test(datapathId);
            if (differs || outdated) {
                // A foreign record may claim a stage that we never reach: ours must be the newer one.
                Revision newest = last != null && last.revision().compareTo(revision) > 0
                        ? last.revision().nextStage()
                        : revision;
                RuleSet set = new RuleSet(datapathId, id, newest, want.meters(), want.rules());
                known.wrote(set);
                sets.add(set);
            }
        }
    }

    /** Nothing is wanted: whatever a late writer left is emptied, and what is confirmed empty is deleted. */
    private Turn cleared() {
        List<RuleSet> sets = new ArrayList<>();
        List<DatapathId> tombstones = new ArrayList<>();
        switches.forEach((datapathId, known) -> {
            RuleSet last = known.set();
            if (last == null) {
                return;
            }
            if (!last.isEmpty()) {
                RuleSet empty = new RuleSet(datapathId, id, last.revision().nextStage(), List.of(), List.of());
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

    /** The stage reached: 0 the new path is prepared, 1 traffic is turned to it, 2 it is all there is. */
    public int stage() {
        return stages.stage();
    }

    /** Whether frames that enter take the current circuit, once that is applied. */
    public boolean isTurned() {
        return stages.stage() >= Turnover.TURN;
    }

    /** Whether nothing but the current circuit is wanted. */
    public boolean isLastStage() {
        return stages.stage() == Turnover.CLEAR;
    }

    /**
     * Whether the decision takes nothing away that served before it: it was carried out, or it is carried out in stages, or
     * touches no rule of the current circuit (meters aside).
     */
    public boolean isIntact() {
        return stages.isIntact();
    }

    /** What a switch made of what was last written for it. */
    public Confirmation confirmation(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? NEVER_ASKED : known.confirmation();
    }

    /** What stands over rules of this network in a switch; null: nothing that was seen. */
    public @Nullable Shadow shadow(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? null : known.shadow();
    }

    /** Whether what a switch is to hold has not changed since a revision. */
    public boolean isUnchangedSince(DatapathId datapathId, Revision revision) {
        SwitchLedger known = switches.get(datapathId);
        Revision since = known == null ? null : known.contentSince();
        return since == null || since.compareTo(revision) <= 0;
    }

    /** Switches that hold, or may hold, something of this network, or that the decision names. */
    public SortedSet<DatapathId> concerned() {
        SortedSet<DatapathId> concerned =
                new TreeSet<>(stages.turnover().compiled().keySet());
        switches.forEach((datapathId, known) -> {
            if (known.set() != null) {
                concerned.add(datapathId);
            }
        });
        return concerned;
    }

    /** Whether every switch of the current circuit confirmed what was last written for it. */
    public boolean isCurrentApplied() {
        Set<DatapathId> crossed = stages.turnover().compiled().keySet();
        return !crossed.isEmpty() && crossed.stream().allMatch(d -> confirmation(d) instanceof Confirmation.Applied);
    }

    /** Whether every switch confirmed that nothing is left of a circuit, or of what another had at its ports before. */
    public boolean isGone(Retiring retiring) {
        Circuit circuit = retiring.circuit();
        for (Map.Entry<DatapathId, SwitchLedger> each : switches.entrySet()) {
            SwitchLedger known = each.getValue();
            if ((!known.isApplied() && circuit.crosses(each.getKey()))
                    || known.content().any(rule -> isLeftOf(retiring, each.getKey(), rule))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLeftOf(Retiring retiring, DatapathId datapathId, Rule rule) {
        long number = SwitchRules.circuitOf(rule);
        Circuit circuit = retiring.circuit();
        if (retiring.formerOf() == null) {
            return number == circuit.number();
        }
        return number == retiring.formerOf()
                && Stream.of(circuit.forward(), circuit.reverse())
                        .flatMap(route -> route.hops().stream())
                        .filter(hop -> hop.datapathId().equals(datapathId))
                        .anyMatch(hop -> isAtPortOf(hop, rule));
    }

    private static boolean isAtPortOf(Hop hop, Rule rule) {
        return rule.match().inPort().equals(hop.inPort())
                || rule.actions().stream()
                        .anyMatch(action ->
                                action instanceof Action.Output(PortNumber port) && port.equals(hop.outPort()));
    }

    /**
     * Whether the last stage is on its way and has come nowhere yet that matters: no switch has refused it, some have not
     * confirmed it, and each circuit that is to go is still somewhere.
     */
    public boolean isUnderWay() {
        PathDecision wanted = decision;
        if (wanted == null || stages.isEntering() || !isLastStage()) {
            return false;
        }
        boolean waits = wanted.outcome() == Outcome.WITHDRAWN
                ? !wanted.retiring().isEmpty()
                : wanted.current() != null && wanted.current().installable() && !isCurrentApplied();
        return waits
                && switches.values().stream().noneMatch(known -> known.confirmation() instanceof Confirmation.Failed)
                && wanted.retiring().stream().noneMatch(this::isGone);
    }

    /** Switches that still hold, or may still hold, anything of this network. */
    public SortedSet<DatapathId> notEmpty() {
        SortedSet<DatapathId> left = new TreeSet<>();
        switches.forEach((datapathId, known) -> {
            if (!known.content().isEmpty() || !known.isApplied()) {
                left.add(datapathId);
            }
        });
        return left;
    }

    /** The place in the log of the last thing that a switch said of this network; -1: nothing. */
    public long heardOffset(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? -1 : known.stateOffset();
    }

    /** When a switch last said something of this network. */
    public Instant heardAt(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? Instant.EPOCH : known.heardAt();
    }

    /** Whether nothing is left to keep books of. */
    public boolean isFinished() {
        return decision == null && !unreadable && switches.values().stream().allMatch(SwitchLedger::isGone);
    }

    private SwitchLedger of(DatapathId datapathId) {
        return switches.computeIfAbsent(datapathId, d -> new SwitchLedger());
    }
}
