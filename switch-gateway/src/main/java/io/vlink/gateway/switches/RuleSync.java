package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one switch equal to what is wanted.
 *
 * <pre>
 *   Stopped ──start──► Reading ──contents──► Settled ──difference──► Writing ──done──► Settled
 *      ▲                  ▲                                             │
 *   stop, refuse          └──────────────── a change failed ────────────┘
 * </pre>
 *
 * While a batch is being written, what comes in waits and goes together as the next batch. What the switch refuses is
 * tried once more after reading back, then reported, and tried again when the rule set changes or {@link #retry} is called.
 */
final class RuleSync {

    private static final int ATTEMPTS = 2;

    /** Where it stands. */
    private sealed interface State {
        record Stopped() implements State {}

        record Refused(String reason) implements State {}

        record Reading(
                long connection, long number, @Nullable Set<Long> knownMeters) implements State {}

        record Settled(long connection, SwitchTables tables) implements State {}

        record Writing(long connection, SwitchTables tables, Batch batch) implements State {}
    }

    private final DatapathId id;
    private final WantedRules wanted;
    private final RuleReports reports;
    private final DropCounts drops = new DropCounts();
    private final Set<NetworkId> dirty = new LinkedHashSet<>();
    private final Map<NetworkId, Integer> failures = new HashMap<>();
    private State state = new State.Stopped();
    private int leftoverFailures;
    private @Nullable Refusal leftoverError;
    private final Map<PortNumber, Instant> heardOn = new HashMap<>();
    private Foreigners foreigners = Foreigners.NONE;
    /** What the switch confirmed while the rules of others were not read yet; null: they were. */
    private @Nullable Set<NetworkId> unlooked;

    private long epoch;
    private long numbers;
    /** Changes sent since the sync began that were not yet noted; negative: noted. */
    private int unnoted = -1;
    /** The read that was asked for to repair and count. */
    private long pollNumber;

    private boolean pollDue;

    /** While that read is under way: what is written meanwhile. */
    private @Nullable Written sincePoll;

    RuleSync(DatapathId id) {
        this.id = id;
        this.wanted = new WantedRules(id);
        this.reports = new RuleReports(id);
    }

    RuleCounts counts() {
        SwitchTables tables = tables();
        return new RuleCounts(
                wanted.rules(),
                wanted.meters(),
                tables == null ? 0 : tables.size(),
                tables == null ? 0 : tables.meters(),
                dirty.size());
    }

    /** Whether no network ever wanted anything of the switch, or none that is not forgotten. */
    boolean isEmpty() {
        return wanted.all().isEmpty();
    }

    /** What meters of the switch dropped, for whichever network; never becomes less. */
    Drops dropped() {
        return drops.total();
    }

    WantedRules wanted() {
        return wanted;
    }

    /** What is known of the switch; absent while nothing is. */
    private @Nullable SwitchTables tables() {
        return switch (state) {
            case State.Stopped stopped -> null;
            case State.Refused refused -> null;
            case State.Reading reading -> null;
            case State.Settled settled -> settled.tables();
            case State.Writing writing -> writing.tables();
        };
    }

    /** Takes a wanted rule set in. */
    void put(RuleSet set) {
        Set<NetworkId> affected = wanted.put(set);
        affected.forEach(failures::remove);
        dirty.addAll(affected);
    }

    /** The key of a rule set became a tombstone. */
    void forget(NetworkId network) {
        dirty.addAll(wanted.forget(network));
    }

    /**
     * The switch will not come back, says the operator: what was to be removed from it is gone. Should it come back all the
     * same, what it still has is removed as anything that nobody wants.
     */
    void switchIsGone(long mastership, Effects effects) {
        for (WantedRules.Held held : List.copyOf(wanted.all())) {
            if (held.forgotten()) {
                reports.forget(held.network(), effects);
                wanted.drop(held.network());
                dirty.remove(held.network());
            } else if (held.rules().isEmpty()) {
                reports.applied(held.network(), held.revision(), mastership, null, effects);
            }
        }
    }

    /** The switch may be written to. */
    void start(long connection, long mastership, Effects effects) {
        epoch = mastership;
        reports.begin();
        failures.clear();
        leftoverFailures = 0;
        unnoted = 0;
        sincePoll = null;
        pollDue = false;
        read(connection, null, effects);
    }

    /** The switch cannot be written to now. */
    void stop() {
        looked();
        state = new State.Stopped();
    }

    /** The switch must not be written to. */
    void refuse(String reason, long mastership) {
        epoch = mastership;
        reports.begin();
        state = new State.Refused(reason);
        dirty.addAll(wanted.networks());
    }

    /** A read-back is due, to count and to find what was lost; one begins before the next batch, unless one is under way. */
    void poll() {
        pollDue = sincePoll == null && !(state instanceof State.Reading);
    }

    /** Makes what failed due again. */
    void retry() {
        dirty.addAll(failures.keySet());
        failures.clear();
        leftoverFailures = 0;
    }

    void on(SwitchEvent.ContentsRead read, Effects effects) {
        if (state instanceof State.Reading reading && reading.number() == read.number()) {
            wanted.firstIs(read.contents().rules());
            state = new State.Settled(
                    reading.connection(), SwitchTables.of(read.contents(), wanted, reading.knownMeters()));
            drops.take(read.contents().meters(), new Written(), wanted);
            for (NetworkId network : wanted.networks()) {
                if (failures.getOrDefault(network, 0) < ATTEMPTS) {
                    dirty.add(network);
                }
            }
        } else if (read.number() == pollNumber && sincePoll != null) {
            Written since = sincePoll;
            sincePoll = null;
            polled(read.contents(), since, effects);
        }
    }

    private void polled(Contents contents, Written since, Effects effects) {
        SwitchTables known = tables();
        if (known == null) {
            return;
        }
        SwitchTables.Difference difference = known.take(contents, since, wanted);
        difference.heard().forEach(port -> heardOn.put(port, contents.readAt()));
        Set<NetworkId> counted = new LinkedHashSet<>(known.takeUncounted());
        counted.addAll(drops.take(contents.meters(), since, wanted));
        reports.counted(counted, known, drops, contents.readAt(), wanted, effects);
        mend(difference, effects);
    }

    /** What was refused is tried again in its own time. */
    private void mend(SwitchTables.Difference difference, Effects effects) {
        List<NetworkId> harmed = difference.harmed().stream()
                .filter(network -> !failures.containsKey(network))
                .toList();
        if (!harmed.isEmpty() || difference.leftovers() > 0) {
            effects.note(
                    id,
                    "differs from what was written and is mended: networks %s, %d leftovers"
                            .formatted(harmed, difference.leftovers()));
            dirty.addAll(harmed);
        }
    }

    void on(SwitchEvent.ForeignRead read, Effects effects, Instant now) {
        Foreigners seen = foreigners.now(read.rules(), now);
        if (seen != foreigners) {
            foreigners = seen;
            reports.overshadowed(wanted, foreigners, effects);
        }
        looked();
    }

    /** What becomes of rules is reported once those of others were read, or were waited for long enough. */
    void awaitForeigners() {
        unlooked = unlooked == null ? new LinkedHashSet<>() : unlooked;
    }

    void looked() {
        if (unlooked != null) {
            dirty.addAll(unlooked);
            unlooked = null;
        }
    }

    /** When frames with labels last came in by a port; null: never that is known. */
    @Nullable Instant heardOn(PortNumber port) {
        return heardOn.get(port);
    }

    /** Networks over whose rules others' stand, as far as that was reported. */
    int shadowed() {
        return reports.shadowed();
    }

    /** Since when the first of them stands there; null: that is not known, or there is none. */
    @Nullable Instant shadowedSince() {
        return reports.shadowedSince();
    }

    void on(SwitchEvent.BatchDone done, Effects effects) {
        if (!(state instanceof State.Writing(long connection, SwitchTables tables, Batch batch))
                || batch.number() != done.number()) {
            return;
        }
        for (int i = 0; i < batch.changes().size(); i++) {
            NetworkChange change = batch.changes().get(i);
            Refusal error = done.errors().get(i);
            if (error != null) {
                failed(change, error, effects);
            } else {
                tables.applied(change);
                drops.applied(change);
                if (change.network() != null) {
                    failures.remove(change.network());
                    dirty.add(change.network());
                }
            }
        }
        if (done.errors().isEmpty()) {
            state = new State.Settled(connection, tables);
        } else {
            effects.note(
                    id,
                    "refused %d of the changes for %d networks"
                            .formatted(done.errors().size(), batch.changes().size()));
            Set<Long> ours = tables.ourMeters();
            batch.changes().forEach(change -> change.addMeters().forEach(meter -> ours.add((long) meter.number())));
            read(connection, ours, effects);
        }
    }

    /** Whether a batch is on its way of which the switch has not said yet what became of it. */
    boolean isWriting() {
        return state instanceof State.Writing;
    }

    /** Does what follows from all that came in. */
    void decide(Effects effects) {
        switch (state) {
            case State.Stopped stopped -> dropForgotten(effects);
            case State.Refused(String reason) -> {
                dropForgotten(effects);
                if (unlooked == null) { // what was confirmed stays as last known, unless others' rules take it
                    reportAll(new Refusal(RuleStateReason.SwitchRefused, reason), effects);
                }
            }
            case State.Settled(long connection, SwitchTables tables) -> {
                readBack(connection, effects);
                write(connection, tables, effects);
            }
            case State.Reading reading -> {}
            case State.Writing writing -> {}
        }
    }

    private void readBack(long connection, Effects effects) {
        if (pollDue) {
            pollDue = false;
            sincePoll = new Written();
            pollNumber = ++numbers;
            effects.command(new SwitchCommand.Read(id, connection, pollNumber));
        }
    }

    private void write(long connection, SwitchTables tables, Effects effects) {
        List<NetworkChange> changes = new ArrayList<>();
        NetworkChange leftovers = tables.leftovers(wanted);
        boolean cleaning = !leftovers.isEmpty() && leftoverFailures < ATTEMPTS;
        if (cleaning) {
            changes.add(leftovers);
        } else if (leftovers.isEmpty()) {
            leftoverError = null;
        }
        for (Iterator<NetworkId> undecided = dirty.iterator(); undecided.hasNext(); ) {
            NetworkId network = undecided.next();
            WantedRules.Held held = wanted.of(network);
            if (held == null) {
                undecided.remove();
                continue;
            }
            Optional<WantedRules.Taken> taken = wanted.conflict(network);
            if (taken.isPresent()) {
                undecided.remove();
                keepWaiting(held, taken.get(), effects);
                continue;
            }
            NetworkChange change = tables.change(held, wanted);
            if (!change.isEmpty()) {
                undecided.remove();
                changes.add(change);
            } else if (!cleaning) {
                undecided.remove();
                confirm(held, effects);
            }
        }
        if (changes.isEmpty()) {
            note(tables, effects);
            return;
        }
        Batch batch = new Batch(++numbers, changes);
        if (sincePoll != null) {
            changes.forEach(sincePoll::add);
        }
        unnoted = unnoted < 0 ? unnoted : unnoted + batch.size();
        state = new State.Writing(connection, tables, batch);
        effects.command(new SwitchCommand.Write(id, connection, batch));
    }

    private void keepWaiting(WantedRules.Held held, WantedRules.Taken taken, Effects effects) {
        if (failed(held, taken.told(), effects)) {
            effects.note(
                    id,
                    "keeps network %s waiting: %s belongs to network %s"
                            .formatted(held.network(), taken.item(), taken.owner()));
        }
    }

    private void confirm(WantedRules.Held held, Effects effects) {
        if (held.forgotten()) {
            reports.forget(held.network(), effects);
            wanted.drop(held.network());
        } else if (held.rules().isEmpty() && leftoverError != null) {
            failed(
                    held,
                    new Refusal(RuleStateReason.LeftoversStay, "What is left over stays: " + leftoverError.message()),
                    effects);
        } else if (unlooked != null && !held.rules().isEmpty()) {
            unlooked.add(held.network());
        } else {
            reports.applied(held.network(), held.revision(), epoch, shadow(held), effects);
        }
    }

    private boolean failed(WantedRules.Held held, Refusal why, Effects effects) {
        return reports.failed(held.network(), held.revision(), epoch, why, shadow(held), effects);
    }

    private @Nullable Shadow shadow(WantedRules.Held held) {
        return foreigners.over(held.rules().values());
    }

    private void failed(NetworkChange change, Refusal error, Effects effects) {
        NetworkId network = change.network();
        if (network == null || change.revision() == null) {
            leftoverFailures++;
            leftoverError = error;
            effects.note(id, "what no network wants cannot be removed: " + error.message());
            return;
        }
        int attempts = failures.merge(network, 1, Integer::sum);
        WantedRules.Held held = wanted.of(network);
        if (attempts >= ATTEMPTS && held != null && held.revision().equals(change.revision())) {
            failed(held, error, effects);
            effects.note(id, "the rules of %s were refused: %s".formatted(network, error.message()));
        }
    }

    private void read(long connection, @Nullable Set<Long> knownMeters, Effects effects) {
        State.Reading reading = new State.Reading(connection, ++numbers, knownMeters);
        state = reading;
        effects.command(new SwitchCommand.Read(id, connection, reading.number()));
    }

    private void reportAll(Refusal why, Effects effects) {
        for (NetworkId network : dirty) {
            WantedRules.Held held = wanted.of(network);
            if (held != null) {
                failed(held, why, effects);
            }
        }
        dirty.clear();
    }

    /** What may be left in a switch that cannot be written to is a leftover when it comes back. */
    private void dropForgotten(Effects effects) {
        for (NetworkId network : List.copyOf(dirty)) {
            WantedRules.Held held = wanted.of(network);
            if (held != null && held.forgotten()) {
                dirty.remove(network);
                reports.forget(network, effects);
                wanted.drop(network);
            }
        }
    }

    private void note(SwitchTables tables, Effects effects) {
        if (unnoted >= 0) {
            effects.note(id, "in sync: %d rules, %d changes".formatted(tables.size(), unnoted));
            unnoted = -1;
        }
    }
}
