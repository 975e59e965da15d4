package io.vlink.gateway.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The suite that this gateway reports to the other services: only once its switches have had time to contradict.
 * Thread-safe.
 */
final class SuiteWord {

    /** A switch that lost its controller reconnects within 8 s, and reading it takes less than 1 s. */
    static final Duration HEARD_OUT = Duration.ofSeconds(10);

    private record Loaded(String suite, Instant at) {}

    private final Map<Integer, Loaded> partitions = new HashMap<>();

    /** Notes that a partition number was loaded from the data of a suite. */
    synchronized void loaded(int partition, String suite, Instant at) {
        partitions.put(partition, new Loaded(suite, at));
    }

    /** Notes that a partition number has another owner, or is loaded again. */
    synchronized void closed(int partition) {
        partitions.remove(partition);
    }

    /** Returns the suite; null: not known yet. */
    synchronized @Nullable String suite(Instant now) {
        Set<String> suites = new HashSet<>();
        for (Loaded loaded : partitions.values()) {
            if (now.isBefore(loaded.at().plus(HEARD_OUT))) {
                return null;
            }
            suites.add(loaded.suite());
        }
        return suites.size() == 1 ? suites.iterator().next() : null;
    }
}
