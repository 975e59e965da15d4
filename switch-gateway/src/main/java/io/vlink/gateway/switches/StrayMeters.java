package io.vlink.gateway.switches;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Meters of ours that no network wanted when they were read. Each goes once no rule uses it any more that stands there for a
 * network: a meter takes the rules along that use it.
 */
final class StrayMeters {

    private final Map<Long, Integer> uses = new LinkedHashMap<>();
    private final Map<Slot, Long> meterOf = new HashMap<>();

    boolean isEmpty() {
        return uses.isEmpty();
    }

    boolean has(long number) {
        return uses.containsKey(number);
    }

    Set<Long> all() {
        return uses.keySet();
    }

    void add(long number) {
        uses.put(number, 0);
    }

    /** It is gone, or somebody's again. */
    void lose(long number) {
        if (uses.remove(number) != null) {
            meterOf.values().removeIf(used -> used == number);
        }
    }

    /** A rule stands there for a network. */
    void used(InstalledRule rule) {
        if (uses.isEmpty()) {
            return;
        }
        unused(rule.slot());
        for (long meter : rule.meters()) {
            if (uses.containsKey(meter)) {
                meterOf.put(rule.slot(), meter);
                uses.merge(meter, 1, Integer::sum);
            }
        }
    }

    /** No rule stands there any more. */
    void unused(Slot slot) {
        Long meter = meterOf.remove(slot);
        if (meter != null) {
            uses.computeIfPresent(meter, (number, count) -> count - 1);
        }
    }

    /** Those that can go now. */
    List<Long> removable(WantedRules wanted) {
        List<Long> removable = new ArrayList<>();
        uses.forEach((number, count) -> {
            if (count == 0 && wanted.ownerOfMeter(number) == null) {
                removable.add(number);
            }
        });
        return removable;
    }
}
