package io.vlink.gateway.switches.sync;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.rules.Meter;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.installed.SwitchTables;
import io.vlink.gateway.switches.wanted.Taken;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides owner by owner what to write to one switch, or to report instead. A refused change is tried once more after a
 * read-back, then reported. It is tried again when the rule set changes or {@link #retry} is called.
 */
final class Reconciler {

    private static final int ATTEMPTS = 2;

    private final DatapathId id;
    private final WantedRules wanted;
    private final Verdicts verdicts;
    private final OwnRules own;
    private final Dirty dirty = new Dirty();
    private final Map<Owner, Integer> failures = new HashMap<>();
    private int leftoverFailures;

    Reconciler(DatapathId id, WantedRules wanted, Verdicts verdicts, OwnRules own) {
        this.id = id;
        this.wanted = wanted;
        this.verdicts = verdicts;
        this.own = own;
    }

    /** Returns the number of owners to check. */
    int size() {
        return dirty.size();
    }

    /** Marks owners to be checked again. */
    void due(Collection<? extends Owner> owners) {
        dirty.addAll(owners);
    }

    /** Marks owners whose rule sets changed. Earlier failures no longer count. */
    void changed(Collection<Owner> owners) {
        owners.forEach(failures::remove);
        dirty.addAll(owners);
    }

    void dropped(Owner owner) {
        dirty.remove(owner);
    }

    /** Begins a session. */
    void begin() {
        verdicts.waiting().clear();
        failures.clear();
        leftoverFailures = 0;
    }

    /** Marks owners with failures to be tried again. */
    void retry() {
        dirty.addAll(failures.keySet());
        failures.clear();
        leftoverFailures = 0;
    }

    /** Marks all owners after a read of the switch, except those that failed repeatedly. */
    void read() {
        for (Owner owner : wanted.owners()) {
            if (failures.getOrDefault(owner, 0) < ATTEMPTS) {
                dirty.add(owner);
            }
        }
    }

    /** Marks owners that lost something. Those with failures wait for the next retry. Returns the marked ones. */
    List<Owner> harmed(Collection<Owner> owners) {
        List<Owner> harmed =
                owners.stream().filter(owner -> !failures.containsKey(owner)).toList();
        dirty.addAll(harmed);
        return harmed;
    }

    /** Notes that the switch applied a change. */
    void applied(OwnerChange change) {
        if (change.owner() != null) {
            failures.remove(change.owner());
            dirty.add(change.owner());
        }
        tellWaiting(change.addMeters(), change.addGroups());
    }

    /** Notes that the switch refused a change. */
    void failed(OwnerChange change, Refusal error, SwitchTables tables, SwitchEffects effects) {
        Owner owner = change.owner();
        if (owner == null || change.revision() == null) {
            leftoverFailures++;
            verdicts.leftovers(error);
            effects.note(id, "leftovers cannot be removed: " + error.message());
            return;
        }
        if (tables.lacksWhatIsNeeded(change)) { // that is the reason: the owner waits for it from now on
            dirty.add(owner);
            return;
        }
        int attempts = failures.merge(owner, 1, Integer::sum);
        WantedRules.Held held = wanted.of(owner);
        if (attempts >= ATTEMPTS && held != null && held.revision().equals(change.revision())) {
            verdicts.waiting().ended(owner); // otherwise the wait would trigger another attempt at once
            verdicts.failed(held, error, effects);
            effects.note(id, "refused the changes for %s: %s".formatted(RuleText.of(owner), error.message()));
            tellWaiting(held.meters().values(), held.groups().values());
        }
    }

    /** Marks the owners that wait for these items. */
    private void tellWaiting(Collection<Meter> meters, Collection<WantedGroup> groups) {
        meters.forEach(meter -> dirty.addAll(verdicts.waiting().of(LinkItem.meter(meter.number()))));
        groups.forEach(group -> dirty.addAll(verdicts.waiting().of(LinkItem.group(group.number()))));
    }

    /** Checks the marked owners and returns the changes to write. */
    List<OwnerChange> decided(SwitchTables tables, SwitchEffects effects, Instant now) {
        OwnerChange leftovers = tables.leftovers();
        boolean cleaning = !leftovers.isEmpty() && leftoverFailures < ATTEMPTS;
        if (leftovers.isEmpty()) {
            verdicts.leftovers(null);
        }
        if (dirty.isEmpty() && !cleaning) {
            return List.of();
        }
        NextBatch next = new NextBatch(tables);
        if (cleaning) {
            next.add(leftovers, false);
        }
        dirty.removeIf(owner -> isDecided(owner, next, cleaning, effects, now));
        return next.changes();
    }

    /**
     * Returns whether a rule behind the first table has no rule of its own that sends frames to it. Only owners that
     * were refused, or wait for what another one has, need to be checked: all others have their rules as wanted.
     */
    boolean leavesUnled(SwitchTables tables) {
        return failures.keySet().stream().anyMatch(tables::hasUnled)
                || wanted.conflicting().stream().anyMatch(tables::hasUnled);
    }

    /** Decides about one owner. Returns false if it must wait until leftovers are removed. */
    private boolean isDecided(Owner owner, NextBatch next, boolean cleaning, SwitchEffects effects, Instant now) {
        WantedRules.Held held = wanted.of(owner);
        if (held == null) {
            verdicts.waiting().ended(owner);
            return true;
        }
        Optional<Taken> taken = wanted.conflict(owner);
        if (taken.isPresent()) {
            next.clear(held);
            verdicts.taken(held, taken.get(), effects);
            return true;
        }
        Refusal unled = held.isBehindTheFirst() ? own.refusal() : null;
        if (unled != null) {
            next.clear(held);
            failures.put(owner, ATTEMPTS);
            verdicts.unled(held, unled, effects);
            return true;
        }
        if (failures.containsKey(owner) && next.clear(held)) {
            return true;
        }
        OwnerChange change = next.change(held);
        if (!change.isEmpty()) {
            next.add(change, !failures.containsKey(owner));
            return true;
        }
        if (!change.awaits().isEmpty()) {
            verdicts.awaits(held, change.awaits(), effects, now);
            return true;
        }
        if (!cleaning) {
            failures.remove(owner);
            verdicts.confirm(held, effects);
        }
        return !cleaning;
    }

    /** Reports a reason to every marked owner. */
    void reportAll(Refusal why, SwitchEffects effects) {
        for (Owner owner : dirty.all()) {
            WantedRules.Held held = wanted.of(owner);
            if (held != null) {
                verdicts.failed(held, why, effects);
            }
        }
        dirty.clear();
    }

    /** Drops removed owners while the switch cannot be written to. Their rules are leftovers when it comes back. */
    void dropRemoved(SwitchEffects effects) {
        for (Owner owner : dirty.all()) {
            WantedRules.Held held = wanted.of(owner);
            if (held != null && held.removed()) {
                dirty.remove(owner);
                verdicts.drop(owner, effects);
            }
        }
    }
}
