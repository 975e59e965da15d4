package io.vlink.gateway.switches;

import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has to change for one owner, while that is being found out. What leads to something that is not there is left out. */
final class ChangeDraft {

    private final WantedRules.Held held;
    private final Predicate<LinkItem> there;
    private final List<Meter> addMeters = new ArrayList<>();
    private final List<Meter> changeMeters = new ArrayList<>();
    private final List<WantedGroup> addGroups = new ArrayList<>();
    private final List<WantedGroup> changeGroups = new ArrayList<>();
    private final List<WantedRule> putRules = new ArrayList<>();
    /** This and the next two are of use to few: they are made when they are. */
    private Set<LinkItem> awaits = Set.of();
    /** Rules that do not stand in any form that serves, and are left out, by where in whichever table. */
    private Map<Place, WantedRule> lackingRules = Map.of();
    /** Groups that do not stand, or not so that they serve, and are left out. */
    private Set<Long> lacking = Set.of();

    /**
     * Begins one.
     *
     * @param there whether something of a link is there for others to lead to
     */
    ChangeDraft(WantedRules.Held held, Predicate<LinkItem> there) {
        this.held = held;
        this.there = there;
    }

    void meter(Meter wanted, @Nullable InstalledMeter installed) {
        if (installed == null) {
            addMeters.add(wanted);
        } else if (!installed.isAs(wanted)) {
            changeMeters.add(wanted);
        }
    }

    /**
     * A group; behind all meters.
     *
     * @param serves whether the one that stands under its number is this owner's: it serves until this can be put
     */
    void group(WantedGroup wanted, @Nullable InstalledGroup installed, LongPredicate serves) {
        if (installed != null && installed.settings().equals(wanted.settings())) {
            return;
        }
        List<LinkItem> missing = wanted.missing(there);
        missing.forEach(this::await);
        if (missing.isEmpty()) {
            (installed == null ? addGroups : changeGroups).add(wanted);
        } else if (installed == null || !serves.test(wanted.number())) {
            lacking = lacking.isEmpty() ? new HashSet<>() : lacking;
            lacking.add((long) wanted.number());
        }
    }

    /**
     * A rule that does not stand, or not so; behind all groups, and before the one that leads to it.
     *
     * @param otherwise whether one of this owner stands there, but not so: it serves until this can be put
     * @return whether it is put; it is left out otherwise
     */
    boolean rule(WantedRule wanted, boolean otherwise) {
        long passes = FlowAction.linkMeter(wanted.actions());
        boolean waits = passes != 0 && !there.test(LinkItem.meter(passes));
        if (waits) {
            await(LinkItem.meter(passes));
        }
        if (waits || leadsNowhere(wanted)) {
            if (!otherwise) {
                lackingRules = lackingRules.isEmpty() ? new HashMap<>() : lackingRules;
                lackingRules.putIfAbsent(Place.of(wanted.slot()), wanted);
            }
            return false;
        }
        putRules.add(wanted);
        return true;
    }

    /** Whether it leads to a group that is left out, or to such a rule. */
    boolean leadsNowhere(WantedRule rule) {
        return (!lacking.isEmpty() && lacking.contains(FlowAction.group(rule.actions())))
                || (rule.isLead() && leftOut(rule.slot()) != null);
    }

    /** The rule that is left out in a place, in whichever table; null: none. */
    @Nullable WantedRule leftOut(Slot slot) {
        return !lackingRules.isEmpty() && slot instanceof Slot.Plain plain ? lackingRules.get(Place.of(plain)) : null;
    }

    /** Where a rule stands, in whichever table. */
    private record Place(int priority, Match match) {
        static Place of(Slot.Plain slot) {
            return new Place(slot.priority(), slot.match());
        }
    }

    /** Whether nothing is left out: else what stands there leads to what it did, and all of that stays. */
    boolean isWhole() {
        return awaits.isEmpty();
    }

    /** To this others still lead, so that it stays. */
    void stays(LinkItem item) {
        await(item);
    }

    private void await(LinkItem item) {
        awaits = awaits.isEmpty() ? new LinkedHashSet<>() : awaits;
        awaits.add(item);
    }

    /** What watches others of the set comes behind them. */
    private static List<WantedGroup> watchedFirst(List<WantedGroup> groups) {
        if (groups.size() > 1) {
            groups.sort(Comparator.comparing(
                    group -> group.watches().stream().anyMatch(watched -> !LinkMeter.is(watched))));
        }
        return groups;
    }

    OwnerChange done(List<Slot> removeRules, List<Long> removeGroups, List<Long> removeMeters) {
        return new OwnerChange(
                held.owner(),
                held.revision(),
                addMeters,
                changeMeters,
                watchedFirst(addGroups),
                changeGroups,
                putRules,
                removeRules,
                removeGroups,
                removeMeters,
                List.copyOf(awaits));
    }
}
