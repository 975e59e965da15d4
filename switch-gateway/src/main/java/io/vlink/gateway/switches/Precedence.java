package io.vlink.gateway.switches;

import io.vlink.events.rules.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of two owners that want the same was first, by what stands in the switch. After a restart the log does not say it: a network
 * that was changed last is read last.
 */
final class Precedence {

    private final Map<Slot, InstalledRule> bySlot;

    Precedence(List<InstalledRule> standing) {
        bySlot = HashMap.newHashMap(standing.size());
        standing.forEach(rule -> bySlot.put(rule.slot(), rule));
    }

    /**
     * Whether anything of it stands just as it wants it, in whichever table; what was changed at the end may not have been
     * written yet.
     */
    boolean stands(WantedRules.Held of) {
        for (WantedRule rule : of.rules().values()) {
            for (Table table : Table.values()) {
                InstalledRule installed = bySlot.get(rule.slot().in(table));
                if (installed != null && rule.isSameAs(installed)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether one that has it keeps it: it stands there, too, and not the other in the places that both want. */
    boolean keeps(WantedRules.Held holder, WantedRules.Held other) {
        return hasPlaces(holder, other) || (stands(holder) && !hasPlaces(other, holder));
    }

    /** Whether in places that both want there are rules of the first, and none of the other. */
    private boolean hasPlaces(WantedRules.Held first, WantedRules.Held other) {
        boolean has = false;
        for (Slot.Plain slot : first.rules().keySet()) {
            if (other.wantsPlaceOf(slot)) {
                for (Table table : Table.values()) {
                    InstalledRule installed = bySlot.get(slot.in(table));
                    if (installed != null && other.made(installed)) {
                        return false;
                    }
                    has |= installed != null && first.made(installed);
                }
            }
        }
        return has;
    }
}
