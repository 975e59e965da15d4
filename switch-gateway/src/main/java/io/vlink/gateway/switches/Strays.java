package io.vlink.gateway.switches;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Vlink's meters, or groups, that nobody wanted when they were read. Each goes once no rule leads to it any more that stands
 * there for anybody: it takes the rules along.
 */
final class Strays {

    private final Map<Long, Integer> uses = new LinkedHashMap<>();
    private final Map<Slot, Long> ofRule = new HashMap<>();

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
            ofRule.values().removeIf(used -> used == number);
        }
    }

    /** A rule that leads to these stands there for somebody. */
    void used(Slot slot, List<Long> numbers) {
        if (uses.isEmpty()) {
            return;
        }
        unused(slot);
        for (long number : numbers) {
            if (uses.containsKey(number)) {
                ofRule.put(slot, number);
                uses.merge(number, 1, Integer::sum);
            }
        }
    }

    /** No rule stands there any more. */
    void unused(Slot slot) {
        Long number = ofRule.remove(slot);
        if (number != null) {
            uses.computeIfPresent(number, (same, count) -> count - 1);
        }
    }

    /** Those that can go now, unless something speaks against it. */
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
