package io.vlink.networkapi.messaging;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Bounds the work of one turn of a shard by count and time. All that is decided in a turn is written together, and the
 * other partitions of this instance wait for it.
 *
 * @param most the most requests decided in one turn
 * @param longest after this time no further request is begun
 * @param nanoTime a clock in nanoseconds, such as {@link System#nanoTime}
 */
record TurnLimit(int most, Duration longest, LongSupplier nanoTime) {

    /** Long enough to share the cost of a write among many requests, and short enough for nobody to notice. */
    static final TurnLimit DEFAULT = new TurnLimit(500, Duration.ofMillis(10), System::nanoTime);

    Turn begin() {
        return new Turn(this, nanoTime.getAsLong());
    }

    /** One turn. Not thread-safe. */
    static final class Turn {

        private final TurnLimit limit;
        private final long began;
        private int decided;

        private Turn(TurnLimit limit, long began) {
            this.limit = limit;
            this.began = began;
        }

        /** Counts a request that is decided in this turn. */
        void decides() {
            decided++;
        }

        /** Returns whether the turn must end. Never before its first request, so every turn makes progress. */
        boolean isOver() {
            return decided > 0
                    && (decided >= limit.most()
                            || limit.nanoTime().getAsLong() - began
                                    >= limit.longest().toNanos());
        }
    }
}
