package io.vlink.path.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The smallest latency measured on one link within a window, so that noise neither evicts nor refuses. A measurement
 * counts until the window has passed since the next one replaced it; the newest counts for as long as nothing newer comes.
 */
final class LatencyWindow {

    /** A measurement and when it leaves the window; the newest never does. */
    private record Sample(long nanos, Instant until) {}

    private final Duration window;
    private final Instant completeAt;
    /** Ascending both ways: what is older and larger can never be the smallest again. */
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /**
     * Makes an empty window.
     *
     * @param completeAt until then there may have been measurements that count and are not known
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
        forget(at);
    }

    void forget(Instant now) {
        while (samples.size() > 1 && !samples.getFirst().until().isAfter(now)) {
            samples.removeFirst();
        }
    }

    long smallest() {
        return samples.getFirst().nanos();
    }

    /** When the smallest may grow though nothing is measured; null: never. */
    @Nullable Instant nextChange() {
        return samples.size() > 1 ? samples.getFirst().until() : null;
    }

    Instant completeAt() {
        return completeAt;
    }
}
