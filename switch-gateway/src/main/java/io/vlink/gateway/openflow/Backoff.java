package io.vlink.gateway.openflow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long those that failed have to wait before the next attempt: twice as long each time. Remembers only so many, the
 * latest. Times are of one monotonic clock, in ns. Not thread-safe.
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
     * Makes one for which nobody failed yet.
     *
     * @param first wait after the first failure
     * @param most longest wait
     * @param quiet how long after its wait one must not fail for its failures to be forgotten
     */
    Backoff(Duration first, Duration most, Duration quiet) {
        this.first = first.toNanos();
        this.most = most.toNanos();
        this.quiet = quiet.toNanos();
    }

    /** Counts a failure; returns for how long nothing is to be attempted. */
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

    /** How long it still has to wait; 0: not at all. */
    long remaining(K key, long now) {
        Failed before = recent(key, now);
        return before == null ? 0 : Math.max(0, before.until() - now);
    }

    /** Whether its failures are not forgotten yet. */
    boolean hasFailed(K key, long now) {
        return recent(key, now) != null;
    }

    void forget(K key) {
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
