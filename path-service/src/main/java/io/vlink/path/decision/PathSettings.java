package io.vlink.path.decision;

import java.time.Duration;

/**
 * The settings that decisions depend on in addition to records.
 *
 * @param labelQuarantine quarantine of freed labels and numbers before they are allocated again
 * @param removalDeadline how long a network waits for the confirmed removal of its old rules
 * @param latencyWindow how long a measured latency counts after a newer one has replaced it
 * @param bestEffortFloor capacity kept for best effort on each link without a floor of its own, in percent, 0 to 100
 */
public record PathSettings(
        Duration labelQuarantine, Duration removalDeadline, Duration latencyWindow, int bestEffortFloor) {

    private static final int ALL = 100;

    public PathSettings {
        if (bestEffortFloor < 0 || bestEffortFloor > ALL) {
            throw new IllegalArgumentException(
                    "The setting vlink.path.best-effort-floor is %d; it must be between 0 and 100 percent."
                            .formatted(bestEffortFloor));
        }
    }
}
