package io.vlink.gateway.switches.wanted;

import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which of two owners that want the same place was first, by the installed rules. After a restart the log does
 * not show it: the network that was changed last is read last.
 */
final class Precedence {

    private final Map<RuleKey, InstalledRule> bySlot;

    Precedence(List<InstalledRule> standing) {
        bySlot = HashMap.newHashMap(standing.size());
        standing.forEach(rule -> bySlot.put(rule.slot(), rule));
    }

    /**
     * Returns whether any of its rules is installed as wanted, in any table. The latest changes may not have been
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

    /**
     * Returns whether the holder keeps the place: its rules are installed too, and the other's are not in the places
     * that both want.
     */
    boolean keeps(WantedRules.Held holder, WantedRules.Held other) {
        return hasPlaces(holder, other) || (stands(holder) && !hasPlaces(other, holder));
    }

    /** Returns whether the places that both want contain rules of the first, and none of the other. */
    private boolean hasPlaces(WantedRules.Held first, WantedRules.Held other) {
        boolean has = false;
        for (RuleKey.Parsed slot : first.rules().keySet()) {
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
