package io.vlink.gateway.switches.installed;

import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.wanted.WantedRules;
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

/** A draft of the change for one owner. Anything that refers to a missing item is left out. */
final class ChangeDraft {

    private final WantedRules.Held held;
    private final Predicate<LinkItem> there;
    private final List<Meter> addMeters = new ArrayList<>();
    private final List<Meter> changeMeters = new ArrayList<>();
    private final List<WantedGroup> addGroups = new ArrayList<>();
    private final List<WantedGroup> changeGroups = new ArrayList<>();
    private final List<WantedRule> putRules = new ArrayList<>();
    /** Rarely needed, like the next two: created on first use. */
    private Set<LinkItem> awaits = Set.of();
    /** Rules that are left out and have no usable predecessor installed, by place. */
    private Map<PriorityMatch, WantedRule> lackingRules = Map.of();
    /** Groups that are left out and have no usable predecessor installed. */
    private Set<Long> lacking = Set.of();

    /**
     * Creates an empty draft.
     *
     * @param there whether an item of a link is installed and others may refer to it
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
     * Adds a group; after all meters.
     *
     * @param serves whether the installed group with its number is this owner's, and usable until the wanted one can be
     *     written
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
     * Adds a rule that is missing or different; after all groups, and before the gateway's rule that sends frames to
     * it.
     *
     * @param otherwise whether a different rule of this owner is installed there and usable until this one can be
     *     written
     * @return true if the rule is written; false if it is left out
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
                lackingRules.putIfAbsent(PriorityMatch.of(wanted.key()), wanted);
            }
            return false;
        }
        putRules.add(wanted);
        return true;
    }

    /** Returns whether it sends frames to a group or rule that is left out. */
    boolean leadsNowhere(WantedRule rule) {
        return (!lacking.isEmpty() && lacking.contains(FlowAction.group(rule.actions())))
                || (rule.isLead() && leftOut(rule.key()) != null);
    }

    /** Returns the rule that is left out in the place of a rule key, in any table; null if there is none. */
    @Nullable WantedRule leftOut(RuleKey key) {
        return !lackingRules.isEmpty() && key instanceof RuleKey.Parsed plain
                ? lackingRules.get(PriorityMatch.of(plain))
                : null;
    }

    /** The place of a rule, in any table. */
    private record PriorityMatch(int priority, Match match) {
        static PriorityMatch of(RuleKey.Parsed key) {
            return new PriorityMatch(key.priority(), key.match());
        }
    }

    /**
     * Returns whether nothing is left out. Otherwise installed rules and groups keep their references, and everything
     * referred to stays.
     */
    boolean isWhole() {
        return awaits.isEmpty();
    }

    /** Keeps an item that others still refer to. */
    void stays(LinkItem item) {
        await(item);
    }

    private void await(LinkItem item) {
        awaits = awaits.isEmpty() ? new LinkedHashSet<>() : awaits;
        awaits.add(item);
    }

    /** Sorts groups that watch others of the set after those. */
    private static List<WantedGroup> watchedFirst(List<WantedGroup> groups) {
        if (groups.size() > 1) {
            groups.sort(Comparator.comparing(
                    group -> group.watches().stream().anyMatch(watched -> !LinkMeter.is(watched))));
        }
        return groups;
    }

    OwnerChange done(List<RuleKey> removeRules, List<Long> removeGroups, List<Long> removeMeters) {
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
