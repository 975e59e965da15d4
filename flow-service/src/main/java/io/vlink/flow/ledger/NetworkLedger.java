package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The books of one network: the decision, what was written for each switch, and what each switch said. {@link #advance}
 * brings what is written to what the decision and the stage of its {@link Turnover} want. Belongs to one thread.
 */
public final class NetworkLedger {

    private static final Confirmation NEVER_ASKED = new Confirmation.Applied();

    private final NetworkId id;
    private final Duration settling;
    private final Map<DatapathId, SwitchLedger> switches = new TreeMap<>();

    private @Nullable PathDecision decision;
    private Instant decidedAt = Instant.EPOCH;
    private boolean unreadable;
    private Map<DatapathId, SwitchRules> compiled = Map.of();

    /** Whether the decision is new and its first stage is not chosen yet. */
    private boolean entering;

    private int stage = Turnover.CLEAR;
    private @Nullable Instant settledAt;
    private Set<Long> dropped = Set.of();
    private boolean intact;

    public NetworkLedger(NetworkId id, Duration settling) {
        this.id = id;
        this.settling = settling;
    }

    // ---- what comes in

    /** A decision was read. An older one than the last is dropped. */
    public void decided(PathDecision next, Instant at) {
        PathDecision last = decision;
        if (last != null && next.revision().compareTo(last.revision()) <= 0) {
            return;
        }
        unreadable = false;
        if (last != null && !entering && stage == Turnover.PREPARE) {
            abandon(last.current(), next.current());
        }
        decision = next;
        decidedAt = at;
        Circuit current = next.current();
        compiled = current != null && current.installable() ? PathCompiler.compile(current) : Map.of();
        entering = true;
        settledAt = null;
    }

    /** The ingress was never turned to it, so no frame bears its labels: it need not be kept for the next. */
    private void abandon(@Nullable Circuit last, @Nullable Circuit next) {
        boolean same = last != null && next != null && last.number() == next.number();
        dropped = last == null || same ? Set.of() : Set.of(last.number());
    }

    /** The decision was deleted: nothing of the network is wanted any more. */
    public void decisionGone() {
        decision = null;
        unreadable = false;
        compiled = Map.of();
        entering = false;
        stage = Turnover.CLEAR;
        settledAt = null;
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
            // An owner before us came further with the same decision: what it saw confirmed stays so.
            if (!entering && set.revision().stage() > stage) {
                stage = Math.min(set.revision().stage(), Turnover.CLEAR);
                settledAt = null;
            }
        }
        return foreign;
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
        if (entering) {
            enter(wanted);
        }
        List<RuleSet> sets = new ArrayList<>();
        write(wanted, connected, sets);
        while (stage < Turnover.CLEAR && isStageOver(now)) {
            stage++;
            settledAt = null;
            write(wanted, connected, sets);
        }
        return new Turn(sets, List.of(), stage < Turnover.CLEAR ? settledAt : null);
    }

    /** Another owner wrote for a decision that we have not read yet: it is on its way to us. */
    private boolean isBehind(PathDecision wanted) {
        Revision ours = wanted.revision().withStage(0);
        return switches.values().stream()
                .map(SwitchLedger::set)
                .filter(Objects::nonNull)
                .anyMatch(set -> set.revision().withStage(0).compareTo(ours) > 0);
    }

    private void enter(PathDecision wanted) {
        entering = false;
        stage = firstStage(wanted);
        Circuit current = wanted.current();
        intact = stage == Turnover.PREPARE
                || (current != null
                        && !compiled.isEmpty()
                        && compiled.entrySet().stream().allMatch(want -> contentOf(want.getKey())
                                .only(rule -> SwitchRules.circuitOf(rule) == current.number())
                                .rules()
                                .equals(want.getValue().rules())));
    }

    private int firstStage(PathDecision wanted) {
        Circuit current = wanted.current();
        if (current == null || compiled.isEmpty()) {
            return Turnover.CLEAR;
        }
        int reached = -1;
        for (SwitchLedger known : switches.values()) {
            RuleSet set = known.set();
            if (set != null && set.revision().sameDecision(wanted.revision())) {
                reached = Math.max(reached, set.revision().stage());
            }
        }
        return reached >= 0
                ? Math.min(reached, Turnover.CLEAR)
                : Turnover.begin(
                        current.number(),
                        switches.values().stream().map(SwitchLedger::content).toList(),
                        dropped);
    }

    /** Whether the stage is in place on every switch of the new circuit, and had its time to settle. */
    private boolean isStageOver(Instant now) {
        if (stage == Turnover.PREPARE
                && compiled.values().stream().noneMatch(rules -> rules.any(r -> !PathCompiler.isIngress(r)))) {
            return true; // one switch only: nothing had to be prepared
        }
        if (!isCurrentApplied()) {
            settledAt = null;
            return false;
        }
        Instant until = settledAt;
        if (until == null) {
            settledAt = now.plus(settling);
            return settling.isZero();
        }
        return !now.isBefore(until);
    }

    private void write(PathDecision wanted, Predicate<DatapathId> connected, List<RuleSet> sets) {
        Circuit current = wanted.current();
        long number = current == null ? 0 : current.number();
        Revision revision = wanted.revision().withStage(stage);
        for (DatapathId datapathId : concerned()) {
            SwitchLedger known = of(datapathId);
            RuleSet last = known.set();
            SwitchRules want = compiled.isEmpty()
                    ? SwitchRules.NONE
                    : Turnover.at(
                            stage,
                            number,
                            compiled.getOrDefault(datapathId, SwitchRules.NONE),
                            known.content(),
                            dropped);
            boolean differs = !want.equals(known.content());
            // So that an owner before us that wakes up late is older wherever it writes. Where the switch is away, the
            // record stays as confirmed until it is back: it says what is last known.
            boolean outdated = last != null
                    && known.inherited()
                    && last.revision().compareTo(revision) < 0
                    && connected.test(datapathId);
            if (differs || outdated) {
                RuleSet set = new RuleSet(datapathId, id, revision, want.meters(), want.rules());
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
                Revision next = last.revision().withStage(last.revision().stage() + 1);
                RuleSet empty = new RuleSet(datapathId, id, next, List.of(), List.of());
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

    /** The stage reached, see {@link Turnover}. */
    public int stage() {
        return stage;
    }

    /**
     * Whether what served before the decision still serves while the decision is being carried out: the change is staged,
     * or touches no rule of the current circuit (meters aside).
     */
    public boolean isIntact() {
        return intact;
    }

    /** What a switch made of what was last written for it. */
    public Confirmation confirmation(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? NEVER_ASKED : known.confirmation();
    }

    /** Switches that hold, or may hold, something of this network, or that the decision names. */
    public SortedSet<DatapathId> concerned() {
        SortedSet<DatapathId> concerned = new TreeSet<>(compiled.keySet());
        switches.forEach((datapathId, known) -> {
            if (known.set() != null) {
                concerned.add(datapathId);
            }
        });
        return concerned;
    }

    /** Whether every switch of the current circuit confirmed what was last written for it. */
    public boolean isCurrentApplied() {
        return !compiled.isEmpty()
                && compiled.keySet().stream().allMatch(d -> confirmation(d) instanceof Confirmation.Applied);
    }

    /** Switches of which something is still to be confirmed gone: of one circuit. */
    public SortedSet<DatapathId> notGone(Circuit circuit) {
        SortedSet<DatapathId> left = new TreeSet<>();
        Set<DatapathId> crossed = circuit.datapathIds();
        switches.forEach((datapathId, known) -> {
            boolean held = known.content().any(rule -> SwitchRules.circuitOf(rule) == circuit.number());
            if (held || (crossed.contains(datapathId) && !known.isApplied())) {
                left.add(datapathId);
            }
        });
        return left;
    }

    /** Switches that still hold, or may still hold, anything of this network. */
    public SortedSet<DatapathId> notEmpty() {
        return switches.entrySet().stream()
                .filter(e -> !e.getValue().content().isEmpty() || !e.getValue().isApplied())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
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
        return decision == null && !unreadable && switches.values().stream().allMatch(SwitchLedger::isCleared);
    }

    private SwitchRules contentOf(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? SwitchRules.NONE : known.content();
    }

    private SwitchLedger of(DatapathId datapathId) {
        return switches.computeIfAbsent(datapathId, d -> new SwitchLedger());
    }
}
