package io.vlink.gateway.switches.installed;

import io.vlink.gateway.switches.entries.RuleKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Vlink's meters, or groups, that no owner wanted when they were read. Each is removed once no rule of an owner refers
 * to it: the switch deletes such rules with it.
 */
final class Strays {

    private final Map<Long, Integer> uses = new LinkedHashMap<>();
    private final Map<RuleKey, Long> ofRule = new HashMap<>();

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

    /** Removes one that is gone, or has an owner again. */
    void lose(long number) {
        if (uses.remove(number) != null) {
            ofRule.values().removeIf(used -> used == number);
        }
    }

    /** Notes that a rule of an owner refers to these items. */
    void used(RuleKey key, List<Long> numbers) {
        if (uses.isEmpty()) {
            return;
        }
        unused(key);
        for (long number : numbers) {
            if (uses.containsKey(number)) {
                ofRule.put(key, number);
                uses.merge(number, 1, Integer::sum);
            }
        }
    }

    /** Notes that no rule has this key. */
    void unused(RuleKey key) {
        Long number = ofRule.remove(key);
        if (number != null) {
            uses.computeIfPresent(number, (same, count) -> count - 1);
        }
    }

    /** Returns those that can be removed now. */
    List<Long> removable(LongPredicate unless) {
        List<Long> removable = new ArrayList<>();
        uses.forEach((number, count) -> {
            if (count == 0 && !unless.test(number)) {
                removable.add(number);
            }
        });
        return removable;
    }
}
