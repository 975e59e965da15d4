package io.vlink.path.path;

import java.time.Duration;

/**
 * The times that decisions depend on.
 *
 * @param labelRest how long freed labels and numbers rest before they are given out again
 * @param removalDeadline how long a network waits for its old rules to be confirmed gone
 * @param latencyWindow how long a measured latency counts after a newer one replaced it
 */
public record PathSettings(Duration labelRest, Duration removalDeadline, Duration latencyWindow) {}
