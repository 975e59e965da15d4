package io.vlink.gateway.switches.sync;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.gateway.switches.boundary.Batch;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.installed.SwitchTables;
import io.vlink.gateway.switches.installed.WriteJournal;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one switch in the wanted state.
 *
 * <pre>
 *   Stopped ──start──► Reading ──contents──► Settled ──difference──► Writing ──done──► Settled
 *      ▲                  ▲                                             │
 *   stop, refuse          └──────────────── a change failed ────────────┘
 * </pre>
 *
 * While a batch is being written, further changes wait and form the next batch.
 */
public final class RuleSync {

    /** The state of the sync. */
    private sealed interface SyncState {
        record Stopped() implements SyncState {}

        record Rejected(String reason) implements SyncState {}

        record Reading(long connection, long number, SwitchTables.@Nullable OwnNumbers known) implements SyncState {}

        record Settled(long connection, SwitchTables tables) implements SyncState {}

        record Writing(long connection, SwitchTables tables, Batch batch) implements SyncState {}
    }

    private final DatapathId id;
    private final WantedRules wanted;
    private final Verdicts verdicts;
    private final DropCounts drops = new DropCounts();
    private final OwnRules own = new OwnRules();
    private final Reconciler reconciler;
    private SyncState state = new SyncState.Stopped();
    private final Map<PortNumber, Instant> heardOn = new HashMap<>();
    private long numbers;
    /** The number of changes sent since the sync began; negative once it was logged. */
    private int unnoted = -1;
    /** The number of the last read for repair and counters. */
    private long pollNumber;

    private boolean pollDue;
    /** The changes written during that read; null if none is under way. */
    private @Nullable WriteJournal sincePoll;

    public RuleSync(DatapathId id) {
        this.id = id;
        this.wanted = new WantedRules(id);
        this.verdicts = new Verdicts(id, wanted);
        this.reconciler = new Reconciler(id, wanted, verdicts, own);
    }

    public RuleCounts counts() {
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

    /** Returns whether no owner wants anything in the switch, or has anything still to be removed from it. */
    public boolean isEmpty() {
        return wanted.all().isEmpty();
    }

    /** Returns what the switch's meters dropped for all networks; it never decreases. */
    public Drops dropped() {
        return drops.total();
    }

    public WantedRules wanted() {
        return wanted;
    }

    /** Returns the known contents of the switch; null while unknown. */
    private @Nullable SwitchTables tables() {
        return switch (state) {
            case SyncState.Stopped stopped -> null;
            case SyncState.Rejected refused -> null;
            case SyncState.Reading reading -> null;
            case SyncState.Settled settled -> settled.tables();
            case SyncState.Writing writing -> writing.tables();
        };
    }

    /** Sets the schema generation for which the suite was finalised. */
    public void finalisedFor(int generation) {
        own.finalisedFor(generation);
    }

    /** Applies a wanted rule set. */
    public void put(RuleSet set) {
        own.wanted(set);
        reconciler.changed(wanted.put(set));
    }

    /** Applies the tombstone of a rule set. */
    public void remove(Owner owner) {
        reconciler.due(wanted.remove(owner));
    }

    /**
     * Applies the operator's decision that the switch will not come back: everything to be removed from it counts as
     * removed. If it does come back, its remaining rules are removed as leftovers.
     */
    public void switchDisconnected(long mastership, SwitchEffects effects) {
        for (WantedRules.Held held : List.copyOf(wanted.all())) {
            if (held.removed()) {
                verdicts.drop(held.owner(), effects);
                reconciler.dropped(held.owner());
            } else if (held.isEmpty()) {
                verdicts.disconnected(held, mastership, effects);
            }
        }
    }

    /** Starts to sync the switch. */
    public void start(long connection, long mastership, SwitchEffects effects) {
        verdicts.begin(mastership);
        reconciler.begin();
        unnoted = 0;
        sincePoll = null;
        pollDue = false;
        read(connection, null, effects);
    }

    /** Stops, as the switch cannot be written to now. */
    public void stop() {
        tellUnlooked();
        state = new SyncState.Stopped();
    }

    /** Stops and refuses, as the switch must not be written to. */
    public void refuse(String reason, long mastership) {
        verdicts.begin(mastership);
        state = new SyncState.Rejected(reason);
        reconciler.due(wanted.owners());
    }

    /** Schedules a read-back for counters and repair. It begins before the next batch, unless one is under way. */
    public void poll() {
        pollDue = sincePoll == null && !(state instanceof SyncState.Reading);
    }

    /** Marks owners with failures to be tried again. */
    public void retry() {
        own.retry();
        reconciler.retry();
    }

    public void on(SwitchEvent.ContentsRead read, SwitchEffects effects) {
        if (state instanceof SyncState.Reading reading && reading.number() == read.number()) {
            own.found(read.contents());
            lead();
            wanted.firstIs(read.contents().rules());
            state = new SyncState.Settled(
                    reading.connection(), SwitchTables.of(read.contents(), wanted, reading.known()));
            drops.take(read.contents().meters(), new WriteJournal(), wanted);
            reconciler.read();
        } else if (read.number() == pollNumber && sincePoll != null) {
            WriteJournal since = sincePoll;
            sincePoll = null;
            polled(read.contents(), since, effects);
        }
    }

    /** Notes that counters of an owner with rules in this switch are already recorded. */
    public void countersRecorded(Owner owner) {
        verdicts.reports().recorded(owner);
    }

    private void polled(Contents contents, WriteJournal since, SwitchEffects effects) {
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
            effects.note(id, "differs from what was written and is repaired: " + difference.inWords(harmed));
        }
    }

    public void on(SwitchEvent.ForeignRead read, SwitchEffects effects, Instant now) {
        own.saw(verdicts.take(read, effects, now));
        lead();
        tellUnlooked();
    }

    /** Adapts the wanted rules to a changed way of sending frames to them. */
    private void lead() {
        reconciler.due(wanted.lead(own.leadToEach()));
    }

    /** Delays reports until foreign rules were read, or the wait for them is over. */
    public void awaitForeigners() {
        own.begin();
        verdicts.awaitForeigners();
    }

    /** Ends the wait for foreign rules: it took too long, or they are not read. */
    public void looked() {
        own.sawNothing();
        lead();
        tellUnlooked();
    }

    private void tellUnlooked() {
        reconciler.due(verdicts.looked());
    }

    /** Returns when labelled frames last entered at a port; null if not known. */
    public @Nullable Instant heardOn(PortNumber port) {
        return heardOn.get(port);
    }

    /** Returns the number of owners reported as shadowed by foreign rules. */
    public int shadowed() {
        return verdicts.reports().shadowed();
    }

    /** Returns when the oldest of the shadowing rules was installed; null if unknown, or if there is none. */
    public @Nullable Instant shadowedSince() {
        return verdicts.reports().shadowedSince();
    }

    public void on(SwitchEvent.BatchDone done, SwitchEffects effects) {
        if (!(state instanceof SyncState.Writing(long connection, SwitchTables tables, Batch batch))
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
            state = new SyncState.Settled(connection, tables);
        } else {
            effects.note(
                    id,
                    "refused %d of %d changes"
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

    private void failed(OwnerChange change, Refusal error, SwitchTables tables, SwitchEffects effects) {
        if (change.isOwn()) {
            own.failed(change, error);
            effects.note(id, "refused the rules that send frames from table to table: " + error.message());
        } else {
            reconciler.failed(change, error, tables, effects);
        }
    }

    /** Returns whether the result of a batch is awaited. */
    public boolean isWriting() {
        return state instanceof SyncState.Writing;
    }

    /** Decides after all events so far. Returns when to call again at the latest; null if not needed. */
    public @Nullable Instant decide(SwitchEffects effects, Instant now) {
        switch (state) {
            case SyncState.Stopped stopped -> reconciler.dropRemoved(effects);
            case SyncState.Rejected(String reason) -> {
                reconciler.dropRemoved(effects);
                if (!verdicts
                        .awaitsForeigners()) { // confirmed rules keep their state, unless foreign rules shadow them
                    reconciler.reportAll(new Refusal(RuleStateReason.SWITCH_REFUSED, reason), effects);
                }
            }
            case SyncState.Settled(long connection, SwitchTables tables) -> {
                readBack(connection, effects);
                reconciler.due(tables.takeFreed());
                reconciler.due(verdicts.waiting().due(now));
                write(connection, tables, effects, now);
            }
            case SyncState.Reading reading -> {}
            case SyncState.Writing writing -> {}
        }
        return state instanceof SyncState.Settled && !own.isUndecided()
                ? verdicts.waiting().next()
                : null;
    }

    private void readBack(long connection, SwitchEffects effects) {
        if (pollDue) {
            pollDue = false;
            sincePoll = new WriteJournal();
            pollNumber = ++numbers;
            effects.command(new SwitchCommand.ReadContents(id, connection, pollNumber));
        }
    }

    private void write(long connection, SwitchTables tables, SwitchEffects effects, Instant now) {
        if (own.isUndecided()) {
            return;
        }
        // Rules that send frames on are installed before anything that relies on them is written or removed.
        OwnerChange missing = tables.own().missing(own.forAll());
        if (own.tries(missing)) {
            send(connection, tables, List.of(missing), effects);
            return;
        }
        List<OwnerChange> changes = reconciler.decided(tables, effects, now);
        if (changes.isEmpty()) {
            // Other rules pass its frames on by now.
            OwnerChange superfluous = own.superfluous(tables.own(), () -> reconciler.leavesUnled(tables));
            if (!own.tries(superfluous)) {
                note(tables, effects);
                return;
            }
            changes = List.of(superfluous);
        }
        send(connection, tables, changes, effects);
    }

    private void send(long connection, SwitchTables tables, List<OwnerChange> changes, SwitchEffects effects) {
        Batch batch = new Batch(++numbers, changes);
        if (sincePoll != null) {
            changes.forEach(sincePoll::add);
        }
        unnoted = unnoted < 0 ? unnoted : unnoted + batch.size();
        state = new SyncState.Writing(connection, tables, batch);
        effects.command(new SwitchCommand.Write(id, connection, batch));
    }

    private void read(long connection, SwitchTables.@Nullable OwnNumbers known, SwitchEffects effects) {
        state = new SyncState.Reading(connection, ++numbers, known);
        effects.command(new SwitchCommand.ReadContents(id, connection, numbers));
    }

    private void note(SwitchTables tables, SwitchEffects effects) {
        if (unnoted >= 0) {
            effects.note(id, "in sync: %d rules, %d changes".formatted(tables.size(), unnoted));
            unnoted = -1;
        }
    }
}
