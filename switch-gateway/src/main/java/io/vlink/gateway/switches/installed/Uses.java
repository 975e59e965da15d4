package io.vlink.gateway.switches.installed;

import io.vlink.events.rules.LinkMeter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the installed rules and groups of one switch that refer to each meter, or each group, of a link, of any owner.
 * The switch deletes all of them together with the item that they refer to.
 */
final class Uses {

    private final Map<Long, Integer> uses = new HashMap<>();
    private final Set<Long> freed = new LinkedHashSet<>();

    boolean has(long number) {
        return uses.containsKey(number);
    }

    /** Adds a reference to each of these items. */
    void more(List<Long> numbers) {
        for (long number : numbers) {
            if (LinkMeter.is(number)) {
                uses.merge(number, 1, Integer::sum);
                freed.remove(number);
            }
        }
    }

    /** Removes a reference to each of these items. */
    void less(List<Long> numbers) {
        for (long number : numbers) {
            if (LinkMeter.is(number)
                    && uses.computeIfPresent(number, (same, count) -> count == 1 ? null : count - 1) == null) {
                freed.add(number);
            }
        }
    }

    /** Returns the items whose last reference was removed since the last call. */
    Set<Long> takeFreed() {
        if (freed.isEmpty()) {
            return Set.of();
        }
        Set<Long> taken = Set.copyOf(freed);
        freed.clear();
        return taken;
    }
}
