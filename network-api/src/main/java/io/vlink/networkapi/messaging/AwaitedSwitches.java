package io.vlink.networkapi.messaging;

import io.vlink.networkapi.usage.Thing;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The switches that requests not decided yet need, each with the number of those requests. Every step costs the same
 * however many wait. Not thread-safe.
 */
final class AwaitedSwitches {

    private final Map<Thing.OfSwitch, Integer> counts = new HashMap<>();
    private final Consumer<Thing.OfSwitch> released;

    /**
     * Makes an empty count.
     *
     * @param released called when the last request that needed a switch is decided or dropped
     */
    AwaitedSwitches(Consumer<Thing.OfSwitch> released) {
        this.released = released;
    }

    /** Counts a request; null: it needs no switch. */
    void add(Thing.@Nullable OfSwitch of) {
        if (of != null) {
            counts.merge(of, 1, Integer::sum);
        }
    }

    /** Takes a request out that was counted before; null: it needs no switch. */
    void remove(Thing.@Nullable OfSwitch of) {
        if (of != null && counts.computeIfPresent(of, (key, count) -> count == 1 ? null : count - 1) == null) {
            released.accept(of);
        }
    }

    boolean contains(Thing.OfSwitch of) {
        return counts.containsKey(of);
    }

    Set<Thing.OfSwitch> all() {
        return counts.keySet();
    }
}
