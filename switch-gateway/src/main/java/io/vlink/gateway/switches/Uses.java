package io.vlink.gateway.switches;

import io.vlink.events.rules.LinkMeter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many rules and groups that stand in one switch lead to each meter, or each group, of a link, whosever they are: what goes
 * takes along all that lead to it.
 */
final class Uses {

    private final Map<Long, Integer> uses = new HashMap<>();
    private final Set<Long> freed = new LinkedHashSet<>();

    boolean has(long number) {
        return uses.containsKey(number);
    }

    /** Something that leads to these stands there now. */
    void more(List<Long> numbers) {
        for (long number : numbers) {
            if (LinkMeter.is(number)) {
                uses.merge(number, 1, Integer::sum);
                freed.remove(number);
            }
        }
    }

    /** Something that leads to these stands there no more. */
    void less(List<Long> numbers) {
        for (long number : numbers) {
            if (LinkMeter.is(number)
                    && uses.computeIfPresent(number, (same, count) -> count == 1 ? null : count - 1) == null) {
                freed.add(number);
            }
        }
    }

    /** Those that the last user has left since this was asked before. */
    Set<Long> takeFreed() {
        if (freed.isEmpty()) {
            return Set.of();
        }
        Set<Long> taken = Set.copyOf(freed);
        freed.clear();
        return taken;
    }
}
