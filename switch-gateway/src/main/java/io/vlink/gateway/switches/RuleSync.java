package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleStateReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * While a batch is being written, what comes in waits and goes together as the next batch.
 */
final class RuleSync {

    /** Where it stands. */
    private sealed interface State {
        record Stopped() implements State {}

        record Refused(String reason) implements State {}

        record Reading(long connection, long number, SwitchTables.@Nullable Ours known) implements State {}

        record Settled(long connection, SwitchTables tables) implements State {}

        record Writing(long connection, SwitchTables tables, Batch batch) implements State {}
    }

    private final DatapathId id;
    private final WantedRules wanted;
    private final Verdicts verdicts;
    private final DropCounts drops = new DropCounts();
    private final OwnRules own = new OwnRules();
    private final Reconciler reconciler;
    private State state = new State.Stopped();
    private final Map<PortNumber, Instant> heardOn = new HashMap<>();
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
        this.verdicts = new Verdicts(id, wanted);
        this.reconciler = new Reconciler(id, wanted, verdicts, own);
    }

    RuleCounts counts() {
        SwitchTables tables = tables();
        return new RuleCounts(
                wanted.rules(),
                wanted.meters(),
                wanted.groups(),
                tables == null ? 0 : tables.size(),
                tables == null ? 0 : tables.meters(),
                tables == null ? 0 : tables.groups(),
                reconciler.size());
    }

    /** Whether nobody ever wanted anything of the switch, or none that is not forgotten. */
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

    /** For which generation the suite was finalised. */
    void finalisedFor(int generation) {
        own.finalisedFor(generation);
    }

    /** Takes a wanted rule set in. */
    void put(RuleSet set) {
        own.wanted(set);
        reconciler.changed(wanted.put(set));
    }

    /** The key of a rule set became a tombstone. */
    void forget(Owner owner) {
        reconciler.due(wanted.forget(owner));
    }

    /**
     * The switch will not come back, says the operator: what was to be removed from it is gone. Should it come back all the
     * same, what it still has is removed as anything that nobody wants.
     */
    void switchIsGone(long mastership, Effects effects) {
        for (WantedRules.Held held : List.copyOf(wanted.all())) {
            if (held.forgotten()) {
                verdicts.forget(held.owner(), effects);
                reconciler.forgotten(held.owner());
            } else if (held.isEmpty()) {
                verdicts.gone(held, mastership, effects);
            }
        }
    }

    /** The switch may be written to. */
    void start(long connection, long mastership, Effects effects) {
        verdicts.begin(mastership);
        reconciler.begin();
        unnoted = 0;
        sincePoll = null;
        pollDue = false;
        read(connection, null, effects);
    }

    /** The switch cannot be written to now. */
    void stop() {
        tellUnlooked();
        state = new State.Stopped();
    }

    /** The switch must not be written to. */
    void refuse(String reason, long mastership) {
        verdicts.begin(mastership);
        state = new State.Refused(reason);
        reconciler.due(wanted.owners());
    }

    /** A read-back is due, to count and to find what was lost; one begins before the next batch, unless one is under way. */
    void poll() {
        pollDue = sincePoll == null && !(state instanceof State.Reading);
    }

    /** Makes what failed due again. */
    void retry() {
        own.retry();
        reconciler.retry();
    }

    void on(SwitchEvent.ContentsRead read, Effects effects) {
        if (state instanceof State.Reading reading && reading.number() == read.number()) {
            own.found(read.contents());
            lead();
            wanted.firstIs(read.contents().rules());
            state = new State.Settled(reading.connection(), SwitchTables.of(read.contents(), wanted, reading.known()));
            drops.take(read.contents().meters(), new Written(), wanted);
            reconciler.read();
        } else if (read.number() == pollNumber && sincePoll != null) {
            Written since = sincePoll;
            sincePoll = null;
            polled(read.contents(), since, effects);
        }
    }

    /** Counters of an owner that has rules here are recorded already. */
    void countersRecorded(Owner owner) {
        verdicts.reports().recorded(owner);
    }

    private void polled(Contents contents, Written since, Effects effects) {
        SwitchTables known = tables();
        if (known == null) {
            return;
        }
        SwitchTables.Difference difference = known.take(contents, since);
        difference.heard().forEach(port -> heardOn.put(port, contents.readAt()));
        Set<Owner> counted = new LinkedHashSet<>(known.takeUncounted());
        counted.addAll(drops.take(contents.meters(), since, wanted));
        verdicts.reports().counted(counted, known, drops, contents.readAt(), wanted, effects);
        List<Owner> harmed = reconciler.harmed(difference.harmed());
        if (!harmed.isEmpty() || difference.leftovers() > 0 || difference.own() > 0) {
            effects.note(id, "differs from what was written and is mended: " + difference.inWords(harmed));
        }
    }

    void on(SwitchEvent.ForeignRead read, Effects effects, Instant now) {
        own.saw(verdicts.take(read, effects, now));
        lead();
        tellUnlooked();
    }

    /** How frames come to rules behind the first table may be another way now. */
    private void lead() {
        reconciler.due(wanted.lead(own.leadToEach()));
    }

    /** What becomes of rules is reported once those of others were read, or were waited for long enough. */
    void awaitForeigners() {
        own.begin();
        verdicts.awaitForeigners();
    }

    /** The rules of others were waited for long enough, or are not to be read. */
    void looked() {
        own.sawNothing();
        lead();
        tellUnlooked();
    }

    private void tellUnlooked() {
        reconciler.due(verdicts.looked());
    }

    /** When frames with labels last came in by a port; null: never that is known. */
    @Nullable Instant heardOn(PortNumber port) {
        return heardOn.get(port);
    }

    /** Networks over whose rules others' stand, as far as that was reported. */
    int shadowed() {
        return verdicts.reports().shadowed();
    }

    /** Since when the first of them stands there; null: that is not known, or there is none. */
    @Nullable Instant shadowedSince() {
        return verdicts.reports().shadowedSince();
    }

    void on(SwitchEvent.BatchDone done, Effects effects) {
        if (!(state instanceof State.Writing(long connection, SwitchTables tables, Batch batch))
                || batch.number() != done.number()) {
            return;
        }
        for (int i = 0; i < batch.changes().size(); i++) {
            if (!done.errors().containsKey(i)) {
                applied(batch.changes().get(i), tables);
            }
        }
        for (int i = 0; i < batch.changes().size(); i++) {
            Refusal error = done.errors().get(i);
            if (error != null) {
                failed(batch.changes().get(i), error, tables, effects);
            }
        }
        if (done.errors().isEmpty()) {
            state = new State.Settled(connection, tables);
        } else {
            effects.note(
                    id,
                    "refused %d of the changes for %d owners of rules"
                            .formatted(done.errors().size(), batch.changes().size()));
            read(connection, tables.oursAfter(batch.changes()), effects);
        }
    }

    private void applied(OwnerChange change, SwitchTables tables) {
        if (change.isOwn()) {
            own.retry();
        }
        tables.applied(change);
        drops.applied(change);
        reconciler.applied(change);
    }

    private void failed(OwnerChange change, Refusal error, SwitchTables tables, Effects effects) {
        if (change.isOwn()) {
            own.failed(change, error);
            effects.note(id, "does not take the rules that lead frames from table to table: " + error.message());
        } else {
            reconciler.failed(change, error, tables, effects);
        }
    }

    /** Whether a batch is on its way of which the switch has not said yet what became of it. */
    boolean isWriting() {
        return state instanceof State.Writing;
    }

    /** Does what follows from all that came in; returns when to be called again at the latest, null: no need. */
    @Nullable Instant decide(Effects effects, Instant now) {
        switch (state) {
            case State.Stopped stopped -> reconciler.dropForgotten(effects);
            case State.Refused(String reason) -> {
                reconciler.dropForgotten(effects);
                if (!verdicts
                        .awaitsForeigners()) { // what was confirmed stays as last known, unless others' rules take it
                    reconciler.reportAll(new Refusal(RuleStateReason.SwitchRefused, reason), effects);
                }
            }
            case State.Settled(long connection, SwitchTables tables) -> {
                readBack(connection, effects);
                reconciler.due(tables.takeFreed());
                reconciler.due(verdicts.waiting().due(now));
                write(connection, tables, effects, now);
            }
            case State.Reading reading -> {}
            case State.Writing writing -> {}
        }
        return state instanceof State.Settled && !own.isUndecided()
                ? verdicts.waiting().next()
                : null;
    }

    private void readBack(long connection, Effects effects) {
        if (pollDue) {
            pollDue = false;
            sincePoll = new Written();
            pollNumber = ++numbers;
            effects.command(new SwitchCommand.Read(id, connection, pollNumber));
        }
    }

    private void write(long connection, SwitchTables tables, Effects effects, Instant now) {
        if (own.isUndecided()) {
            return;
        }
        // What frames are led by stands before anything that relies on it, or goes because of it.
        OwnerChange missing = tables.own().missing(own.forAll());
        if (own.tries(missing)) {
            send(connection, tables, List.of(missing), effects);
            return;
        }
        List<OwnerChange> changes = reconciler.decided(tables, effects, now);
        if (changes.isEmpty()) {
            // Whatever it led on is led by others now.
            OwnerChange superfluous = own.superfluous(tables.own(), () -> reconciler.leavesUnled(tables));
            if (!own.tries(superfluous)) {
                note(tables, effects);
                return;
            }
            changes = List.of(superfluous);
        }
        send(connection, tables, changes, effects);
    }

    private void send(long connection, SwitchTables tables, List<OwnerChange> changes, Effects effects) {
        Batch batch = new Batch(++numbers, changes);
        if (sincePoll != null) {
            changes.forEach(sincePoll::add);
        }
        unnoted = unnoted < 0 ? unnoted : unnoted + batch.size();
        state = new State.Writing(connection, tables, batch);
        effects.command(new SwitchCommand.Write(id, connection, batch));
    }

    private void read(long connection, SwitchTables.@Nullable Ours known, Effects effects) {
        state = new State.Reading(connection, ++numbers, known);
        effects.command(new SwitchCommand.Read(id, connection, numbers));
    }

    private void note(SwitchTables tables, Effects effects) {
        if (unnoted >= 0) {
            effects.note(id, "in sync: %d rules, %d changes".formatted(tables.size(), unnoted));
            unnoted = -1;
        }
    }
}
