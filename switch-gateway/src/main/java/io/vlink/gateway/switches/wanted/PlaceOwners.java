package io.vlink.gateway.switches.wanted;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The owners of rule keys, meters and groups of one switch. The owner of a rule key also has the same place in every
 * other table, as the same frames get there.
 */
final class PlaceOwners {

    private final DatapathId id;
    private final Map<RuleKey.Parsed, Owner> ruleOwners = new HashMap<>();
    private final Map<Integer, Owner> meterOwners = new HashMap<>();
    private final Map<Integer, Owner> groupOwners = new HashMap<>();

    PlaceOwners(DatapathId id) {
        this.id = id;
    }

    int ruleKeys() {
        return ruleOwners.size();
    }

    int meters() {
        return meterOwners.size();
    }

    int groups() {
        return groupOwners.size();
    }

    /** Returns the owner that wants exactly this rule key and has it; null if there is none. */
    @Nullable Owner of(RuleKey.Parsed key) {
        return ruleOwners.get(key);
    }

    /** Returns the owner of the place of a rule key, in any table; null if there is none. */
    @Nullable Owner owner(RuleKey.Parsed key) {
        Owner current = ruleOwners.get(key);
        if (current != null) {
            return current;
        }
        for (Table table : Table.values()) {
            current = table == key.table() ? null : ruleOwners.get(key.in(table));
            if (current != null) {
                return current;
            }
        }
        return null;
    }

    @Nullable Owner ofMeter(long number) {
        return meterOwners.get((int) number);
    }

    @Nullable Owner ofGroup(long number) {
        return groupOwners.get((int) number);
    }

    /** Returns whether an owner has anything that another one wants. */
    boolean hasSomethingOf(Owner owner, WantedRules.Held wanting) {
        return wanting.rules().keySet().stream().anyMatch(key -> owner.equals(owner(key)))
                || wanting.meters().keySet().stream().anyMatch(meter -> owner.equals(meterOwners.get(meter)))
                || wanting.groups().keySet().stream().anyMatch(group -> owner.equals(groupOwners.get(group)));
    }

    /**
     * Gives an owner all that it wants and that is free. Returns the first thing that another owner has; null if it got
     * everything.
     */
    @Nullable Taken claim(WantedRules.Held wanting) {
        Owner owner = wanting.owner();
        Taken taken = null;
        for (WantedRule rule : wanting.rules().values()) {
            Owner current = owner(rule.key());
            if (current == null || current.equals(owner)) {
                ruleOwners.put(rule.key(), owner);
            } else if (taken == null) {
                taken = Taken.rule(id, rule.key(), current);
            }
        }
        for (Meter meter : wanting.meters().values()) {
            Owner current = meterOwners.putIfAbsent(meter.number(), owner);
            if (current != null && !current.equals(owner) && taken == null) {
                taken = Taken.meter(id, meter.number(), current);
            }
        }
        for (Integer group : wanting.groups().keySet()) {
            Owner current = groupOwners.putIfAbsent(group, owner);
            if (current != null && !current.equals(owner) && taken == null) {
                taken = Taken.group(id, group, current);
            }
        }
        return taken;
    }

    /** Takes all that an owner wants away from other owners. Its rule keys must be claimed again. */
    void handOver(WantedRules.Held to) {
        for (RuleKey.Parsed key : to.rules().keySet()) {
            for (Table table : Table.values()) {
                ruleOwners.remove(key.in(table));
            }
        }
        to.meters().keySet().forEach(meter -> meterOwners.put(meter, to.owner()));
        to.groups().keySet().forEach(group -> groupOwners.put(group, to.owner()));
    }

    /** Frees what an owner no longer wants. Returns whether it had any of that. */
    boolean release(WantedRules.Held before, WantedRules.Held now) {
        boolean released = false;
        for (RuleKey.Parsed key : before.rules().keySet()) {
            if (now.rules().isEmpty() || !now.rules().containsKey(key)) {
                released |= ruleOwners.remove(key, now.owner());
            }
        }
        for (Integer meter : before.meters().keySet()) {
            if (!now.meters().containsKey(meter)) {
                released |= meterOwners.remove(meter, now.owner());
            }
        }
        for (Integer group : before.groups().keySet()) {
            if (!now.groups().containsKey(group)) {
                released |= groupOwners.remove(group, now.owner());
            }
        }
        return released;
    }
}
