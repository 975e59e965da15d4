package io.vlink.gateway.switches.wanted;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules, meters and groups that all owners want in one switch. Each belongs to the owner that wanted it first;
 * another owner waits until it is free. So no network can take over another's traffic. The owner of a rule key also has
 * the same place in every other table, as the same frames get there.
 */
public final class WantedRules {

    /**
     * The wanted contents of one owner.
     *
     * @param removed whether its record is a tombstone: the owner is dropped once its rules are removed
     */
    public record Held(
            Owner owner,
            Revision revision,
            Map<RuleKey.Parsed, WantedRule> rules,
            Map<Integer, Meter> meters,
            Map<Integer, WantedGroup> groups,
            boolean removed) {

        /** Returns whether nothing is wanted. */
        public boolean isEmpty() {
            return rules.isEmpty() && meters.isEmpty() && groups.isEmpty();
        }

        /**
         * Returns whether any of its rules is in a later table, where frames arrive only if another rule sends them.
         */
        public boolean isBehindTheFirst() {
            for (RuleKey.Parsed key : rules.keySet()) {
                if (key.table().isBehindTheFirst()) {
                    return true;
                }
            }
            return false;
        }

        /** Returns whether it wants the place of a rule key, in any table. */
        boolean wantsPlaceOf(RuleKey.Parsed key) {
            for (Table table : Table.values()) {
                if (rules.containsKey(key.in(table))) {
                    return true;
                }
            }
            return false;
        }

        /** Returns whether a rule is, or was, its own, judging by the circuit in the cookie. */
        boolean made(InstalledRule rule) {
            long circuit = rule.cookie().circuit();
            if (rule.key() instanceof RuleKey.Parsed plain) {
                WantedRule here = rules.get(plain);
                if (here != null && here.cookie().circuit() == circuit) {
                    return true;
                }
            }
            return has(circuit);
        }

        /** Returns whether any of its rules belongs to a circuit. */
        private boolean has(long circuit) {
            return rules.values().stream().anyMatch(wanted -> wanted.cookie().circuit() == circuit);
        }

        /**
         * Returns whether an earlier rule of its own may stay while the wanted one in its place cannot be written. It
         * may not if it sends frames by a port that its circuit has left, as the port may belong to another tenant by
         * now. A former circuit may carry traffic until the traffic can be switched over.
         */
        public boolean letsStay(InstalledRule earlier, WantedRule instead) {
            if (earlier.isLead()) {
                return true; // it only sends frames to another rule
            }
            WantedRule rule = instead.isLead() ? ledTo(instead) : instead;
            long circuit = earlier.cookie().circuit();
            return FlowAction.goOnlyWhere(earlier.actions(), sending(rule))
                    || (circuit != rule.cookie().circuit() && has(circuit));
        }

        /** Returns the actions of a rule and of the group that it sends frames to. */
        private List<FlowAction> sending(WantedRule rule) {
            WantedGroup group = groups.get((int) FlowAction.group(rule.actions()));
            if (group == null) {
                return rule.actions();
            }
            List<FlowAction> sending = new ArrayList<>(rule.actions());
            group.buckets().forEach(bucket -> sending.addAll(bucket.actions()));
            return sending;
        }

        private WantedRule ledTo(WantedRule lead) {
            for (Table table : Table.values()) {
                WantedRule rule = rules.get(lead.key().in(table));
                if (rule != null && !rule.isLead()) {
                    return rule;
                }
            }
            return lead;
        }
    }

    private final Map<Owner, Held> held = new LinkedHashMap<>();
    private final PlaceOwners places;
    private final Map<Owner, Taken> conflicts = new LinkedHashMap<>();
    /** Whether each rule behind the first table comes with one that sends frames to it, for the same owner. */
    private boolean leads;

    public WantedRules(DatapathId id) {
        this.places = new PlaceOwners(id);
    }

    /** Applies a rule set. Returns the owners to check again; none if it is older than the present one. */
    public Set<Owner> put(RuleSet set) {
        Held before = held.get(set.owner());
        if (before != null && !before.removed() && set.revision().compareTo(before.revision()) < 0) {
            return Set.of();
        }
        Map<RuleKey.Parsed, WantedRule> rules =
                LinkedHashMap.newLinkedHashMap(set.rules().size());
        for (Rule rule : set.rules()) {
            WantedRule wanted = WantedRule.of(rule);
            rules.put(wanted.key(), wanted);
            if (leads) {
                lead(wanted, rules);
            }
        }
        Map<Integer, Meter> meters = LinkedHashMap.newLinkedHashMap(set.meters().size());
        set.meters().forEach(meter -> meters.put(meter.number(), meter));
        Map<Integer, WantedGroup> groups =
                LinkedHashMap.newLinkedHashMap(set.groups().size());
        set.groups().forEach(group -> groups.put(group.number(), WantedGroup.of(group)));
        return hold(new Held(set.owner(), set.revision(), rules, meters, groups, false));
    }

    private static void lead(WantedRule to, Map<RuleKey.Parsed, WantedRule> into) {
        WantedRule lead = to.lead();
        if (lead != null) {
            into.put(lead.key(), lead);
        }
    }

    /**
     * Sets whether each rule behind the first table gets a rule that sends frames to it. Returns the owners to check
     * again.
     */
    public Set<Owner> lead(boolean each) {
        if (leads == each) {
            return Set.of();
        }
        leads = each;
        Set<Owner> affected = new LinkedHashSet<>();
        for (Held one : List.copyOf(held.values())) {
            if (one.isBehindTheFirst()) {
                Map<RuleKey.Parsed, WantedRule> rules = new LinkedHashMap<>();
                for (WantedRule rule : one.rules().values()) {
                    if (!rule.isLead()) {
                        rules.put(rule.key(), rule);
                        if (each) {
                            lead(rule, rules);
                        }
                    }
                }
                affected.addAll(
                        hold(new Held(one.owner(), one.revision(), rules, one.meters(), one.groups(), one.removed())));
            }
        }
        return affected;
    }

    /** Applies a tombstone: the owner wants nothing any more. Returns the owners to check again. */
    public Set<Owner> remove(Owner owner) {
        Held before = held.get(owner);
        if (before == null) {
            return Set.of();
        }
        return hold(new Held(owner, before.revision(), Map.of(), Map.of(), Map.of(), true));
    }

    public void drop(Owner owner) {
        held.remove(owner);
        conflicts.remove(owner);
    }

    public @Nullable Held of(Owner owner) {
        return held.get(owner);
    }

    public Collection<Held> all() {
        return held.values();
    }

    /** Returns the number of wanted rules of all owners. */
    public int rules() {
        return places.ruleKeys();
    }

    public int meters() {
        return places.meters();
    }

    public int groups() {
        return places.groups();
    }

    public Set<Owner> owners() {
        return Set.copyOf(held.keySet());
    }

    /** Returns what an owner wants and another one has, if anything. */
    public Optional<Taken> conflict(Owner owner) {
        return conflicts.isEmpty() ? Optional.empty() : Optional.ofNullable(conflicts.get(owner));
    }

    /** Returns the owners that wait for what another one has. */
    public Set<Owner> conflicting() {
        return conflicts.keySet();
    }

    /**
     * Returns whether a rule's key is wanted, or was wanted until the rules moved to another table, and the rule
     * belongs to the key's owner.
     */
    public boolean accountsFor(InstalledRule rule) {
        return (rule.key() instanceof RuleKey.Parsed plain && isWanted(plain, rule.cookie()))
                || ownerOfMoving(rule) != null;
    }

    private boolean isWanted(RuleKey.Parsed key, Cookie cookie) {
        Owner owner = places.of(key);
        Held wanting = owner == null ? null : held.get(owner);
        WantedRule is = wanting == null ? null : wanting.rules().get(key);
        return is != null && is.cookie().equals(cookie);
    }

    /**
     * Returns the owner that wants a rule in the same place of another table; it stays in use until the wanted one is
     * installed. Null if there is none.
     */
    @Nullable Owner ownerOfMoving(InstalledRule rule) {
        if (rule.key() instanceof RuleKey.Parsed plain) {
            for (Table table : Table.values()) {
                RuleKey.Parsed other = plain.in(table);
                if (isWanted(other, rule.cookie())) {
                    return places.of(other);
                }
            }
        }
        return null;
    }

    /**
     * Returns the owner of a rule found in the switch: the owner that wants its place, if the rule is its own; else the
     * owner that wants such a rule in another table. Null if there is none; another network may have had the place
     * before.
     */
    public @Nullable Owner standsFor(InstalledRule rule) {
        Owner owner = ownerOf(rule.key());
        Held wanting = owner == null ? null : held.get(owner);
        return wanting != null && wanting.made(rule) ? owner : ownerOfMoving(rule);
    }

    public @Nullable Owner ownerOf(RuleKey key) {
        return key instanceof RuleKey.Parsed plain ? places.of(plain) : null;
    }

    public @Nullable Owner ownerOfMeter(long number) {
        return places.ofMeter(number);
    }

    public @Nullable Owner ownerOfGroup(long number) {
        return places.ofGroup(number);
    }

    /** Returns the owner that wants a meter or group of a link; null if none does. */
    public @Nullable Owner ownerOf(LinkItem item) {
        return switch (item.kind()) {
            case METER -> ownerOfMeter(item.number());
            case GROUP -> ownerOfGroup(item.number());
        };
    }

    /**
     * Settles conflicts according to what is installed in the switch. After a restart the log does not show who was
     * first: the network that was changed last is read last.
     */
    public void firstIs(List<InstalledRule> standing) {
        if (conflicts.isEmpty()) {
            return;
        }
        Precedence precedence = new Precedence(standing);
        for (Owner waiting : List.copyOf(conflicts.keySet())) {
            Held wanting = held.get(waiting);
            if (wanting != null && precedence.stands(wanting)) {
                handOver(wanting, precedence);
            }
        }
    }

    /** Hands an owner what it wants, unless the present owner keeps its places. */
    private void handOver(Held to, Precedence precedence) {
        List<Held> owners = new ArrayList<>();
        for (Held other : held.values()) {
            if (!other.owner().equals(to.owner()) && places.hasSomethingOf(other.owner(), to)) {
                if (precedence.keeps(other, to)) {
                    return;
                }
                owners.add(other);
            }
        }
        places.handOver(to);
        claim(to);
        owners.forEach(this::claim);
    }

    private Set<Owner> hold(Held now) {
        Owner owner = now.owner();
        Held before = held.put(owner, now);
        boolean released = before != null && places.release(before, now);
        claim(now);
        if (!released || conflicts.isEmpty()) {
            return Set.of(owner);
        }
        Set<Owner> affected = new LinkedHashSet<>();
        affected.add(owner);
        for (Owner waiting : List.copyOf(conflicts.keySet())) {
            Held other = held.get(waiting);
            if (other != null) {
                claim(other);
                affected.add(waiting);
            }
        }
        return affected;
    }

    private void claim(Held wanting) {
        conflicts.remove(wanting.owner());
        Taken taken = places.claim(wanting);
        if (taken != null) {
            conflicts.put(wanting.owner(), taken);
        }
    }
}
