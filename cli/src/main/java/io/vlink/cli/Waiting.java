package io.vlink.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long a command may wait in all, call by call. */
final class Waiting {

    private final Clock clock;
    private final Duration allowed;
    private final Instant end;

    Waiting(Clock clock, int seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("--wait (%d) must be at least 1 second.".formatted(seconds));
        }
        this.clock = clock;
        this.allowed = Duration.ofSeconds(seconds);
        this.end = clock.instant().plus(allowed);
    }

    /** What the next call may wait: whole seconds, as {@code Prefer: wait} knows no others; zero when time is over. */
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
