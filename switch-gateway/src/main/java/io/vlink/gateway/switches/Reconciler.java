package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.rules.Meter;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides owner by owner what is to be written to one switch, or told instead. What the switch refuses is tried once more after
 * reading back, then reported, and tried again when the rule set changes or {@link #retry} is called.
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

    /** How many owners are to be looked at. */
    int size() {
        return dirty.size();
    }

    /** These are to be looked at again. */
    void due(Collection<? extends Owner> owners) {
        dirty.addAll(owners);
    }

    /** They want something else: what failed before says nothing of that. */
    void changed(Collection<Owner> owners) {
        owners.forEach(failures::remove);
        dirty.addAll(owners);
    }

    void forgotten(Owner owner) {
        dirty.remove(owner);
    }

    /** A session begins. */
    void begin() {
        verdicts.waiting().clear();
        failures.clear();
        leftoverFailures = 0;
    }

    /** Makes what failed due again. */
    void retry() {
        dirty.addAll(failures.keySet());
        failures.clear();
        leftoverFailures = 0;
    }

    /** The switch was read: all are due but those that failed time and again. */
    void read() {
        for (Owner owner : wanted.owners()) {
            if (failures.getOrDefault(owner, 0) < ATTEMPTS) {
                dirty.add(owner);
            }
        }
    }

    /** These lost something; what was refused is tried again in its own time. Returns those that are due for that now. */
    List<Owner> harmed(Collection<Owner> owners) {
        List<Owner> harmed =
                owners.stream().filter(owner -> !failures.containsKey(owner)).toList();
        dirty.addAll(harmed);
        return harmed;
    }

    /** The switch has carried out a change. */
    void applied(OwnerChange change) {
        if (change.owner() != null) {
            failures.remove(change.owner());
            dirty.add(change.owner());
        }
        tellWaiting(change.addMeters(), change.addGroups());
    }

    /** The switch has refused one. */
    void failed(OwnerChange change, Refusal error, SwitchTables tables, Effects effects) {
        Owner owner = change.owner();
        if (owner == null || change.revision() == null) {
            leftoverFailures++;
            verdicts.leftovers(error);
            effects.note(id, "what nobody wants cannot be removed: " + error.message());
            return;
        }
        if (tables.lacksWhatIsNeeded(change)) { // so that is why, and they wait for it from now on
            dirty.add(owner);
            return;
        }
        int attempts = failures.merge(owner, 1, Integer::sum);
        WantedRules.Held held = wanted.of(owner);
        if (attempts >= ATTEMPTS && held != null && held.revision().equals(change.revision())) {
            verdicts.waiting().over(owner); // else it would be looked at, and tried, again at once for having waited
            verdicts.failed(held, error, effects);
            effects.note(id, "refused the changes for %s: %s".formatted(RuleText.of(owner), error.message()));
            tellWaiting(held.meters().values(), held.groups().values());
        }
    }

    /** Marks the owners that wait for these as due. */
    private void tellWaiting(Collection<Meter> meters, Collection<WantedGroup> groups) {
        meters.forEach(meter -> dirty.addAll(verdicts.waiting().of(LinkItem.meter(meter.number()))));
        groups.forEach(group -> dirty.addAll(verdicts.waiting().of(LinkItem.group(group.number()))));
    }

    /** What is to be written for those that were to be looked at. */
    List<OwnerChange> decided(SwitchTables tables, Effects effects, Instant now) {
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
     * Whether a rule stands behind the first table that none in it leads to alone. All other owners have theirs as they want them:
     * these are refused, or wait for what another one has.
     */
    boolean leavesUnled(SwitchTables tables) {
        return failures.keySet().stream().anyMatch(tables::hasUnled)
                || wanted.conflicting().stream().anyMatch(tables::hasUnled);
    }

    /** Decides about one owner, unless it has to wait until what nobody wants is gone. */
    private boolean isDecided(Owner owner, NextBatch next, boolean cleaning, Effects effects, Instant now) {
        WantedRules.Held held = wanted.of(owner);
        if (held == null) {
            verdicts.waiting().over(owner);
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

    /** Notes why what is wanted cannot be had, for every owner that wants it. */
    void reportAll(Refusal why, Effects effects) {
        for (Owner owner : dirty.all()) {
            WantedRules.Held held = wanted.of(owner);
            if (held != null) {
                verdicts.failed(held, why, effects);
            }
        }
        dirty.clear();
    }

    /** What may be left in a switch that cannot be written to is a leftover when it comes back. */
    void dropForgotten(Effects effects) {
        for (Owner owner : dirty.all()) {
            WantedRules.Held held = wanted.of(owner);
            if (held != null && held.forgotten()) {
                dirty.remove(owner);
                verdicts.forget(owner, effects);
            }
        }
    }
}
