package io.vlink.path.path;

import java.time.Duration;

/**
 * What decisions depend on beside records.
 *
 * @param labelRest how long freed labels and numbers rest before they are given out again
 * @param removalDeadline how long a network waits for its old rules to be confirmed gone
 * @param latencyWindow how long a measured latency counts after a newer one replaced it
 * @param bestEffortFloor how much of its capacity is kept for best effort on each link that does not say itself, in percent, 0 to 100
 */
public record PathSettings(Duration labelRest, Duration removalDeadline, Duration latencyWindow, int bestEffortFloor) {

    private static final int ALL = 100;

    public PathSettings {
        if (bestEffortFloor < 0 || bestEffortFloor > ALL) {
            throw new IllegalArgumentException(
                    "The floor of best effort, vlink.path.best-effort-floor (%d), must be between 0 and 100 percent."
                            .formatted(bestEffortFloor));
        }
    }
}
