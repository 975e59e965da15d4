package io.vlink.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The total time that a command may wait, over all of its calls. */
final class Waiting {

    private final Clock clock;
    private final Duration allowed;
    private final Instant end;

    Waiting(Clock clock, long seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("The time to wait (%d) must be at least 1 s.".formatted(seconds));
        }
        this.clock = clock;
        this.allowed = Duration.ofSeconds(seconds);
        this.end = clock.instant().plus(allowed);
    }

    /** Returns the time for the next call: whole seconds, as {@code Prefer: wait} requires; zero when time is up. */
    Duration next(Duration longest) {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative() || left.isZero()) {
            return Duration.ZERO;
        }
        Duration whole = Duration.ofSeconds(Math.max(1, left.toSeconds()));
        return whole.compareTo(longest) > 0 ? longest : whole;
    }

    @Override
    public String toString() {
        return allowed.toSeconds() + " s";
    }
}
