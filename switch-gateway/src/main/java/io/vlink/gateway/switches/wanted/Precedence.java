package io.vlink.gateway.switches.wanted;

import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides from the installed rules which of two owners that want the same place was first. After a restart the log does
 * not show it: the network that was changed last is read last.
 */
final class Precedence {

    private final Map<RuleKey, InstalledRule> byKey;

    Precedence(List<InstalledRule> standing) {
        byKey = HashMap.newHashMap(standing.size());
        standing.forEach(rule -> byKey.put(rule.key(), rule));
    }

    /**
     * Returns whether any of its rules is installed as wanted, in any table. The latest changes may not have been
     * written yet.
     */
    boolean stands(WantedRules.Held of) {
        for (WantedRule rule : of.rules().values()) {
            for (Table table : Table.values()) {
                InstalledRule installed = byKey.get(rule.key().in(table));
                if (installed != null && rule.isSameAs(installed)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns whether the present owner keeps the place: its rules are installed too, and the other's are not in the places
     * that both want.
     */
    boolean keeps(WantedRules.Held held, WantedRules.Held other) {
        return hasPlaces(held, other) || (stands(held) && !hasPlaces(other, held));
    }

    /** Returns whether the places that both want contain rules of the first, and none of the other. */
    private boolean hasPlaces(WantedRules.Held first, WantedRules.Held other) {
        boolean has = false;
        for (RuleKey.Parsed key : first.rules().keySet()) {
            if (other.wantsPlaceOf(key)) {
                for (Table table : Table.values()) {
                    InstalledRule installed = byKey.get(key.in(table));
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
