package io.vlink.path.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The smallest latency measured on one link within a window, to keep noise from evicting or refusing anything. A measurement
 * counts until one window after the next one replaced it; the newest counts until there is a newer one.
 */
final class LatencyWindow {

    /** A measurement and the time when it leaves the window; the newest never does. */
    private record Sample(long nanos, Instant until) {}

    private final Duration window;
    private final Instant completeAt;
    /** Ascending in time and in latency: an older and larger one can never be the smallest again. */
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /**
     * Makes an empty window.
     *
     * @param completeAt until then, measurements that count may be missing
     */
    LatencyWindow(Duration window, Instant completeAt) {
        this.window = window;
        this.completeAt = completeAt;
    }

    void add(long nanos, Instant at) {
        Sample newest = samples.pollLast();
        if (newest != null) {
            samples.addLast(new Sample(newest.nanos(), at.plus(window)));
        }
        while (!samples.isEmpty() && samples.getLast().nanos() >= nanos) {
            samples.removeLast();
        }
        samples.addLast(new Sample(nanos, Instant.MAX));
        drop(at);
    }

    void drop(Instant now) {
        while (samples.size() > 1 && !samples.getFirst().until().isAfter(now)) {
            samples.removeFirst();
        }
    }

    long smallest() {
        return samples.getFirst().nanos();
    }

    /** Returns when the smallest may grow without a new measurement; null: never. */
    @Nullable Instant nextChange() {
        return samples.size() > 1 ? samples.getFirst().until() : null;
    }

    Instant completeAt() {
        return completeAt;
    }
}
