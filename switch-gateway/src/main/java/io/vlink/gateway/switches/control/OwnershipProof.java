package io.vlink.gateway.switches.control;

import java.time.Duration;
import java.time.Instant;

/**
 * Confirms that this gateway still owns a switch before it claims a higher generation than another master. An owner
 * that was paused learns within two heartbeats of the group that it was replaced, and is then removed from the group.
 * The proof waits longer than that, in steps: a pause of this process counts as one step only.
 */
final class OwnershipProof {

    private static final Duration STEP = Duration.ofMillis(500);
    private static final int STEPS = 5;

    private long generation;
    private int steps;
    private Instant next = Instant.MIN;

    void begin(long masterGeneration, Instant now) {
        generation = masterGeneration;
        steps = STEPS;
        next = now.plus(STEP);
    }

    boolean isDone(Instant now) {
        if (steps > 0 && !next.isAfter(now)) {
            steps--;
            next = now.plus(STEP);
        }
        return steps == 0;
    }

    Instant next() {
        return next;
    }

    /** Returns the generation id of the other master. */
    long generation() {
        return generation;
    }
}
