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
    private final Map<RuleKey.Parsed, Owner> slotOwners = new HashMap<>();
    private final Map<Integer, Owner> meterOwners = new HashMap<>();
    private final Map<Integer, Owner> groupOwners = new HashMap<>();

    PlaceOwners(DatapathId id) {
        this.id = id;
    }

    int slots() {
        return slotOwners.size();
    }

    int meters() {
        return meterOwners.size();
    }

    int groups() {
        return groupOwners.size();
    }

    /** Returns the owner that wants exactly this rule key and has it; null if there is none. */
    @Nullable Owner of(RuleKey.Parsed slot) {
        return slotOwners.get(slot);
    }

    /** Returns the owner of the place of a rule key, in any table; null if there is none. */
    @Nullable Owner holder(RuleKey.Parsed slot) {
        Owner holder = slotOwners.get(slot);
        if (holder != null) {
            return holder;
        }
        for (Table table : Table.values()) {
            holder = table == slot.table() ? null : slotOwners.get(slot.in(table));
            if (holder != null) {
                return holder;
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
        return wanting.rules().keySet().stream().anyMatch(slot -> owner.equals(holder(slot)))
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
            Owner holder = holder(rule.slot());
            if (holder == null || holder.equals(owner)) {
                slotOwners.put(rule.slot(), owner);
            } else if (taken == null) {
                taken = Taken.rule(id, rule.slot(), holder);
            }
        }
        for (Meter meter : wanting.meters().values()) {
            Owner holder = meterOwners.putIfAbsent(meter.number(), owner);
            if (holder != null && !holder.equals(owner) && taken == null) {
                taken = Taken.meter(id, meter.number(), holder);
            }
        }
        for (Integer group : wanting.groups().keySet()) {
            Owner holder = groupOwners.putIfAbsent(group, owner);
            if (holder != null && !holder.equals(owner) && taken == null) {
                taken = Taken.group(id, group, holder);
            }
        }
        return taken;
    }

    /** Takes all that an owner wants away from other owners. Its rule keys must be claimed again. */
    void handOver(WantedRules.Held to) {
        for (RuleKey.Parsed slot : to.rules().keySet()) {
            for (Table table : Table.values()) {
                slotOwners.remove(slot.in(table));
            }
        }
        to.meters().keySet().forEach(meter -> meterOwners.put(meter, to.owner()));
        to.groups().keySet().forEach(group -> groupOwners.put(group, to.owner()));
    }

    /** Frees what an owner no longer wants. Returns whether it had any of that. */
    boolean release(WantedRules.Held before, WantedRules.Held now) {
        boolean released = false;
        for (RuleKey.Parsed slot : before.rules().keySet()) {
            if (now.rules().isEmpty() || !now.rules().containsKey(slot)) {
                released |= slotOwners.remove(slot, now.owner());
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
