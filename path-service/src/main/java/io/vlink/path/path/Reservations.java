package io.vlink.path.path;

import io.vlink.events.links.Link;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Retiring;
import io.vlink.events.paths.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth reserved on each link of one overlay. Of one network's circuits the largest counts, not their sum: its traffic
 * moves from one to the other.
 */
final class Reservations {

    private final Map<String, Long> reserved = new HashMap<>();

    /** Less is reserved on a link than before. */
    record Freed(String link, long before, long after) {}

    /** What one network reserves on each link. */
    static Map<String, Long> of(@Nullable Circuit current, List<Retiring> retiring) {
        Map<String, Long> largest = current == null ? new HashMap<>() : of(current);
        for (Retiring leaving : retiring) {
            of(leaving.circuit()).forEach((link, bits) -> largest.merge(link, bits, Math::max));
        }
        return largest;
    }

    /** Replaces what one network reserved by what it reserves now. */
    List<Freed> replace(Map<String, Long> before, Map<String, Long> after) {
        List<Freed> freed = new ArrayList<>();
        after.forEach((link, bits) -> change(link, bits - before.getOrDefault(link, 0L), freed));
        before.forEach((link, bits) -> {
            if (!after.containsKey(link)) {
                change(link, -bits, freed);
            }
        });
        return freed;
    }

    /** What is free on a link for a network that reserves {@code own} on it already; not negative. */
    long free(Link link, long own) {
        return Math.max(0, link.spec().capacityBits() - (of(link.id().name()) - own));
    }

    /** Whether a network that reserves {@code own} already may reserve {@code asked}. Lowered capacity evicts nobody. */
    boolean fits(Link link, long own, long asked) {
        return asked <= own || asked <= free(link, own);
    }

    long of(String link) {
        return reserved.getOrDefault(link, 0L);
    }

    boolean isIdle() {
        return reserved.isEmpty();
    }

    private void change(String link, long bits, List<Freed> freed) {
        if (bits == 0) {
            return;
        }
        long before = of(link);
        long after = before + bits;
        if (after == 0) {
            reserved.remove(link);
        } else {
            reserved.put(link, after);
        }
        if (after < before) {
            freed.add(new Freed(link, before, after));
        }
    }

    private static Map<String, Long> of(Circuit circuit) {
        Map<String, Long> sum = new HashMap<>();
        add(circuit.forward(), sum);
        add(circuit.reverse(), sum);
        return sum;
    }

    private static void add(Route route, Map<String, Long> sum) {
        Long bits = route.bandwidthBits();
        if (bits != null) {
            for (Hop hop : route.hops()) {
                if (hop.outLink() != null) {
                    sum.merge(hop.outLink(), bits, Saturated::sum);
                }
            }
        }
    }
}
