package io.vlink.gateway.switches.installed;

import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gateway's own rules for every frame that are known to be in one switch. They have no owner and are not leftovers.
 */
public final class StandingOwn {

    private final Map<RuleKey, InstalledRule> rules = new HashMap<>();

    void put(InstalledRule rule) {
        rules.put(rule.key(), rule);
    }

    void lose(RuleKey key) {
        rules.remove(key);
    }

    /**
     * Applies a later read.
     *
     * @param since what was written during the read; the read is ignored for these
     * @return the number of rules that were lost, changed or added
     */
    int take(Map<RuleKey, InstalledRule> now, WriteJournal since) {
        int otherwise = 0;
        for (RuleKey key : List.copyOf(rules.keySet())) {
            if (!now.containsKey(key) && !since.has(key)) {
                rules.remove(key);
                otherwise++;
            }
        }
        for (InstalledRule rule : now.values()) {
            if (!since.has(rule.key())) {
                InstalledRule known = rules.put(rule.key(), rule);
                otherwise += known == null || !known.isAs(rule) ? 1 : 0;
            }
        }
        return otherwise;
    }

    /** Returns the change that installs what is missing or different. */
    public OwnerChange missing(List<WantedRule> base) {
        for (WantedRule rule : base) {
            if (!stands(rule)) {
                return OwnerChange.own(
                        base.stream().filter(each -> !stands(each)).toList(), List.of());
            }
        }
        return OwnerChange.NONE;
    }

    private boolean stands(WantedRule rule) {
        InstalledRule there = rules.get(rule.key());
        return there != null && rule.isSameAs(there);
    }

    /** Returns the change that removes what is not wanted. */
    public OwnerChange superfluous(List<WantedRule> base) {
        if (rules.size() <= base.size() && missing(base).isEmpty()) {
            return OwnerChange.NONE;
        }
        Set<RuleKey> removed = new LinkedHashSet<>(rules.keySet());
        base.forEach(rule -> removed.remove(rule.key()));
        return OwnerChange.own(List.of(), List.copyOf(removed));
    }
}
