package io.vlink.gateway.switches.installed;

import io.vlink.events.rules.Meter;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedGroup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The changes written to a switch since a read was requested. The read may show the state before them, after them, or a
 * mix.
 */
public final class WriteJournal {

    private final Set<RuleKey> ruleKeys = new HashSet<>();
    private final Set<Long> meters = new HashSet<>();
    private final Set<Long> groups = new HashSet<>();

    public void add(OwnerChange change) {
        change.putRules().forEach(rule -> ruleKeys.add(rule.key()));
        ruleKeys.addAll(change.removeRules());
        for (List<Meter> some : List.of(change.addMeters(), change.changeMeters())) {
            some.forEach(meter -> meters.add((long) meter.number()));
        }
        for (List<WantedGroup> some : List.of(change.addGroups(), change.changeGroups())) {
            some.forEach(group -> groups.add((long) group.number()));
        }
        groups.addAll(change.removeGroups());
        meters.addAll(change.removeMeters());
    }

    boolean has(RuleKey key) {
        return ruleKeys.contains(key);
    }

    public boolean hasMeter(long number) {
        return meters.contains(number);
    }

    boolean hasGroup(long number) {
        return groups.contains(number);
    }
}
