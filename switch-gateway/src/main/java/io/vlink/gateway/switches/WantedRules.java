package io.vlink.gateway.switches;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
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
 * What all owners want in one switch. A slot or meter belongs to the one that wanted it first: another one that wants it too
 * waits until it is free, so that no network can take over another's traffic. Who has a slot has the same place in every other
 * table, where the same frames come.
 */
final class WantedRules {

    /**
     * What one owner wants.
     *
     * @param forgotten its key is a tombstone: once its rules are gone, it is to be forgotten
     */
    record Held(
            Owner owner,
            Revision revision,
            Map<Slot.Plain, WantedRule> rules,
            Map<Integer, Meter> meters,
            Map<Integer, WantedGroup> groups,
            boolean forgotten) {

        /** Nothing of it may be left. */
        boolean isEmpty() {
            return rules.isEmpty() && meters.isEmpty() && groups.isEmpty();
        }

        /** Whether any of its rules stands where frames come only if another rule sends them. */
        boolean isBehindTheFirst() {
            for (Slot.Plain slot : rules.keySet()) {
                if (slot.table().isBehindTheFirst()) {
                    return true;
                }
            }
            return false;
        }

        /** Whether it wants a place, in whichever table. */
        boolean wantsPlaceOf(Slot.Plain slot) {
            for (Table table : Table.values()) {
                if (rules.containsKey(slot.in(table))) {
                    return true;
                }
            }
            return false;
        }

        /** Whether a rule is, or was, one of its own, by the circuit in its cookie. */
        boolean made(InstalledRule rule) {
            long circuit = rule.cookie().circuit();
            if (rule.slot() instanceof Slot.Plain plain) {
                WantedRule here = rules.get(plain);
                if (here != null && here.cookie().circuit() == circuit) {
                    return true;
                }
            }
            return has(circuit);
        }

        /** Whether any of its rules is a circuit's. */
        private boolean has(long circuit) {
            return rules.values().stream().anyMatch(wanted -> wanted.cookie().circuit() == circuit);
        }

        /**
         * Whether an earlier rule of its own may stay while one in the same place cannot be put. Not if it sends frames by a port that
         * its circuit has left, which may be another tenant's by now; but a former circuit carries traffic until that can be turned.
         */
        boolean letsStay(InstalledRule earlier, WantedRule instead) {
            if (earlier.isLead()) {
                return true; // it sends them but to another rule
            }
            WantedRule rule = instead.isLead() ? ledTo(instead) : instead;
            long circuit = earlier.cookie().circuit();
            return FlowAction.goOnlyWhere(earlier.actions(), sending(rule))
                    || (circuit != rule.cookie().circuit() && has(circuit));
        }

        /** What it does, and what the group does that it leads to. */
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
                WantedRule rule = rules.get(lead.slot().in(table));
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
    /** Whether each rule behind the first table has one beside it that leads to it, which is its owner's, too. */
    private boolean leads;

    WantedRules(DatapathId id) {
        this.places = new PlaceOwners(id);
    }

    /** Takes a rule set in; returns the owners to look at again: none, if it is older than the one held. */
    Set<Owner> put(RuleSet set) {
        Held before = held.get(set.owner());
        if (before != null && !before.forgotten() && set.revision().compareTo(before.revision()) < 0) {
            return Set.of();
        }
        Map<Slot.Plain, WantedRule> rules =
                LinkedHashMap.newLinkedHashMap(set.rules().size());
        for (Rule rule : set.rules()) {
            WantedRule wanted = WantedRule.of(rule);
            rules.put(wanted.slot(), wanted);
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

    private static void lead(WantedRule to, Map<Slot.Plain, WantedRule> into) {
        WantedRule lead = to.lead();
        if (lead != null) {
            into.put(lead.slot(), lead);
        }
    }

    /** Whether each rule behind the first table is to have one that leads to it; returns the owners to look at again. */
    Set<Owner> lead(boolean each) {
        if (leads == each) {
            return Set.of();
        }
        leads = each;
        Set<Owner> affected = new LinkedHashSet<>();
        for (Held one : List.copyOf(held.values())) {
            if (one.isBehindTheFirst()) {
                Map<Slot.Plain, WantedRule> rules = new LinkedHashMap<>();
                for (WantedRule rule : one.rules().values()) {
                    if (!rule.isLead()) {
                        rules.put(rule.slot(), rule);
                        if (each) {
                            lead(rule, rules);
                        }
                    }
                }
                affected.addAll(hold(
                        new Held(one.owner(), one.revision(), rules, one.meters(), one.groups(), one.forgotten())));
            }
        }
        return affected;
    }

    /** The key became a tombstone: its owner wants nothing any more; returns the owners to look at again. */
    Set<Owner> forget(Owner owner) {
        Held before = held.get(owner);
        if (before == null) {
            return Set.of();
        }
        return hold(new Held(owner, before.revision(), Map.of(), Map.of(), Map.of(), true));
    }

    void drop(Owner owner) {
        held.remove(owner);
        conflicts.remove(owner);
    }

    @Nullable Held of(Owner owner) {
        return held.get(owner);
    }

    Collection<Held> all() {
        return held.values();
    }

    /** How many rules are wanted, by whoever. */
    int rules() {
        return places.slots();
    }

    int meters() {
        return places.meters();
    }

    int groups() {
        return places.groups();
    }

    Set<Owner> owners() {
        return Set.copyOf(held.keySet());
    }

    /** Why an owner cannot have what it wants: another one has it. */
    Optional<Taken> conflict(Owner owner) {
        return conflicts.isEmpty() ? Optional.empty() : Optional.ofNullable(conflicts.get(owner));
    }

    /** Those who cannot. */
    Set<Owner> conflicting() {
        return conflicts.keySet();
    }

    /** Whether a rule stands where somebody wants it, or wanted it until its rules went to another table, and is that one's. */
    boolean accountsFor(InstalledRule rule) {
        return (rule.slot() instanceof Slot.Plain plain && isWanted(plain, rule.cookie()))
                || ownerOfMoving(rule) != null;
    }

    private boolean isWanted(Slot.Plain slot, Cookie cookie) {
        Owner owner = places.of(slot);
        Held wanting = owner == null ? null : held.get(owner);
        WantedRule is = wanting == null ? null : wanting.rules().get(slot);
        return is != null && is.cookie().equals(cookie);
    }

    /**
     * Whose a rule is that somebody wants in the same place of another table: it serves until that one stands. Null: nobody
     * wants one like it.
     */
    @Nullable Owner ownerOfMoving(InstalledRule rule) {
        if (rule.slot() instanceof Slot.Plain plain) {
            for (Table table : Table.values()) {
                Slot.Plain other = plain.in(table);
                if (isWanted(other, rule.cookie())) {
                    return places.of(other);
                }
            }
        }
        return null;
    }

    /**
     * Who a rule that was found in the switch stands there for: the owner that wants its place, if it is one of that owner's own; else
     * the owner that wants one like it in another table. Null: nobody, and it serves nobody. Another network may have had the place before.
     */
    @Nullable Owner standsFor(InstalledRule rule) {
        Owner owner = ownerOf(rule.slot());
        Held wanting = owner == null ? null : held.get(owner);
        return wanting != null && wanting.made(rule) ? owner : ownerOfMoving(rule);
    }

    @Nullable Owner ownerOf(Slot slot) {
        return slot instanceof Slot.Plain plain ? places.of(plain) : null;
    }

    @Nullable Owner ownerOfMeter(long number) {
        return places.ofMeter(number);
    }

    @Nullable Owner ownerOfGroup(long number) {
        return places.ofGroup(number);
    }

    /** Who wants a meter or group of a link; null: nobody. */
    @Nullable Owner ownerOf(LinkItem item) {
        return switch (item.kind()) {
            case METER -> ownerOfMeter(item.number());
            case GROUP -> ownerOfGroup(item.number());
        };
    }

    /**
     * Settles who was first by what stands in the switch. After a restart the log does not say it: a network that was
     * changed last is read last.
     */
    void firstIs(List<InstalledRule> standing) {
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

    /** Unless one of those that have it stands there, too, and not the other in the places that both want. */
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
