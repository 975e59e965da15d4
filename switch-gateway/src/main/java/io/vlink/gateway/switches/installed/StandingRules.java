package io.vlink.gateway.switches.installed;

import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules known to be in one switch, each with its owner; without the gateway's own for every frame. A rule without
 * an owner is a leftover: it is removed, or replaced by what is wanted in its place.
 */
final class StandingRules {

    private final WantedRules wanted;
    private final StandingItems<InstalledMeter> meters;
    private final StandingItems<InstalledGroup> groups;
    private final Map<RuleKey, OwnedRule> rules = new LinkedHashMap<>();
    private final Map<Owner, Set<RuleKey>> keysOf = new HashMap<>();
    private final Set<RuleKey> leftovers = new LinkedHashSet<>();
    /** Owners whose rules or counters have changed since {@link #takeUncounted} was last called. */
    private final Set<Owner> uncounted = new LinkedHashSet<>();

    /** An installed rule and its owner; null for a leftover. */
    record OwnedRule(InstalledRule rule, @Nullable Owner owner) {}

    /**
     * Creates an empty set.
     *
     * @param meters receives the rules that use them
     * @param groups receives the rules that send frames to them
     */
    StandingRules(WantedRules wanted, StandingItems<InstalledMeter> meters, StandingItems<InstalledGroup> groups) {
        this.wanted = wanted;
        this.meters = meters;
        this.groups = groups;
    }

    /** Adds a rule from the first read. */
    void read(InstalledRule rule) {
        Owner owner = wanted.standsFor(rule);
        if (owner == null) {
            standForNobody(rule);
        } else {
            put(rule, owner);
        }
    }

    int size() {
        return rules.size();
    }

    @Nullable OwnedRule in(RuleKey key) {
        return rules.get(key);
    }

    /** Returns the keys of an owner's installed rules. */
    Set<RuleKey> of(Owner owner) {
        return keysOf.getOrDefault(owner, Set.of());
    }

    /** Returns the keys of leftovers, unless an owner wants a rule with the same key. */
    List<RuleKey> leftovers() {
        return leftovers.isEmpty()
                ? List.of()
                : leftovers.stream().filter(key -> wanted.ownerOf(key) == null).toList();
    }

    /** Returns the owners with counters to report, each once. */
    List<Owner> takeUncounted() {
        List<Owner> taken = List.copyOf(uncounted);
        uncounted.clear();
        return taken;
    }

    /**
     * Applies a later read.
     *
     * @param since what was written during the read; the read is ignored for these
     * @param harmed receives the owners that lost a rule, or of which one was changed
     * @param heard receives the ports at which labelled frames have entered since
     * @return the number of rules with our mark that were not written and are not wanted
     */
    int take(List<InstalledRule> found, WriteJournal since, Set<Owner> harmed, Set<PortNumber> heard) {
        int leftoversNow = 0;
        int lost = rules.size();
        for (InstalledRule rule : found) {
            if (rule.key().isForAll()) {
                continue;
            }
            OwnedRule known = rules.get(rule.key());
            lost -= known == null ? 0 : 1;
            if (known != null && known.rule().isAs(rule)) {
                count(rule, known, heard);
            } else if (!since.has(rule.key()) && !harms(rule, known, harmed)) {
                leftoversNow += standForNobody(rule) ? 1 : 0;
            }
        }
        if (lost > 0) {
            Set<RuleKey> there = new HashSet<>();
            found.forEach(rule -> there.add(rule.key()));
            for (RuleKey key : List.copyOf(rules.keySet())) {
                if (!there.contains(key) && !since.has(key)) {
                    harm(owner(rules.get(key)), harmed);
                    lose(key);
                }
            }
        }
        return leftoversNow;
    }

    private void count(InstalledRule rule, OwnedRule known, Set<PortNumber> heard) {
        if (rule.hasCounted(known.rule())) {
            if (rule.key() instanceof RuleKey.Parsed plain
                    && plain.match().label() != null
                    && rule.packets() > known.rule().packets()) {
                heard.add(plain.match().inPort());
            }
            rules.put(rule.key(), new OwnedRule(rule, known.owner())); // its references are unchanged
            if (known.owner() != null) {
                uncounted.add(known.owner());
            }
        }
    }

    /**
     * Notes a rule that others added or changed: it has no owner, regardless of its cookie. Returns whether this harms
     * an owner.
     */
    private boolean harms(InstalledRule rule, @Nullable OwnedRule known, Set<Owner> harmed) {
        Owner wanting = wanted.ownerOf(rule.key());
        Owner had = owner(known);
        if (wanting == null && had == null) {
            return false;
        }
        standForNobody(rule);
        harm(wanting, harmed);
        harm(had, harmed);
        return true;
    }

    private static void harm(@Nullable Owner owner, Set<Owner> harmed) {
        if (owner != null) {
            harmed.add(owner);
        }
    }

    /** Returns whether an installed rule is the owner's and does what that owner wanted at some time. */
    boolean serves(OwnedRule standing, Owner owner) {
        return owner.equals(standing.owner())
                && !groups.isAltered(FlowAction.group(standing.rule().actions()));
    }

    /** Returns whether an owner's rules send frames to a group that nobody altered: it is, or was, that owner's. */
    boolean isLedTo(long group, Owner owner) {
        return !groups.isAltered(group)
                && of(owner).stream()
                        .map(rules::get)
                        .anyMatch(standing -> standing != null
                                && FlowAction.group(standing.rule().actions()) == group);
    }

    /** Notes that an owner's rule is installed. */
    void put(InstalledRule rule, Owner owner) {
        uncounted.add(owner);
        RuleKey key = rule.key();
        Owner before = owner(stand(rule, owner));
        leftovers.remove(key);
        if (!owner.equals(before)) {
            drop(before, key);
            keysOf.computeIfAbsent(owner, n -> new HashSet<>()).add(key);
        }
    }

    /** Notes a leftover. Returns whether it is new. */
    private boolean standForNobody(InstalledRule rule) {
        Owner before = owner(stand(rule, null));
        if (before != null) {
            drop(before, rule.key());
            uncounted.add(before);
        }
        return leftovers.add(rule.key());
    }

    private @Nullable OwnedRule stand(InstalledRule rule, @Nullable Owner owner) {
        OwnedRule before = rules.put(rule.key(), new OwnedRule(rule, owner));
        InstalledRule was = before == null ? null : before.rule();
        boolean keeps = owner != null || wanted.ownerOf(rule.key()) != null; // until the wanted rule replaces it
        meters.ruleStands(rule, was, keeps);
        groups.ruleStands(rule, was, keeps);
        return before;
    }

    /** Notes that no rule has this key. */
    void lose(RuleKey key) {
        OwnedRule before = rules.remove(key);
        leftovers.remove(key);
        if (before == null) {
            return;
        }
        meters.ruleRemoved(before.rule());
        groups.ruleRemoved(before.rule());
        drop(before.owner(), key);
        if (before.owner() != null) {
            uncounted.add(before.owner());
        }
    }

    private static @Nullable Owner owner(@Nullable OwnedRule standing) {
        return standing == null ? null : standing.owner();
    }

    private void drop(@Nullable Owner owner, RuleKey key) {
        Set<RuleKey> keys = owner == null ? null : keysOf.get(owner);
        if (owner != null && keys != null && keys.remove(key) && keys.isEmpty()) {
            keysOf.remove(owner);
        }
    }
}
