package io.vlink.gateway.openflow.connection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wait before the next attempt after failures: twice as long each time. Remembers the latest 10,000 failures only.
 * Times are those of one monotonic clock, in ns. Not thread-safe.
 */
final class Backoff<K> {

    private static final int REMEMBERED = 10_000;
    private static final int MAX_DOUBLINGS = 30;

    private final long first;
    private final long most;
    private final long quiet;
    private final Map<K, Failed> failures = new LinkedHashMap<>();

    private record Failed(int times, long until) {}

    /**
     * Creates an instance without failures.
     *
     * @param first wait after the first failure
     * @param most longest wait
     * @param quiet time without failure after the wait, after which earlier failures are dropped
     */
    Backoff(Duration first, Duration most, Duration quiet) {
        this.first = first.toNanos();
        this.most = most.toNanos();
        this.quiet = quiet.toNanos();
    }

    /** Counts a failure. Returns the wait before the next attempt, in ns. */
    long failed(K key, long now) {
        Failed before = recent(key, now);
        int times = before == null ? 1 : before.times() + 1;
        long wait = Math.min(most, first << Math.min(times - 1, MAX_DOUBLINGS));
        failures.remove(key);
        failures.put(key, new Failed(times, now + wait));
        if (failures.size() > REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
        return wait;
    }

    /** Returns the remaining wait, in ns; 0: none. */
    long remaining(K key, long now) {
        Failed before = recent(key, now);
        return before == null ? 0 : Math.max(0, before.until() - now);
    }

    /** Returns whether failures of the key are still remembered. */
    boolean hasFailed(K key, long now) {
        return recent(key, now) != null;
    }

    void drop(K key) {
        failures.remove(key);
    }

    private @Nullable Failed recent(K key, long now) {
        Failed before = failures.get(key);
        if (before != null && now - before.until() > quiet) {
            failures.remove(key);
            return null;
        }
        return before;
    }
}
