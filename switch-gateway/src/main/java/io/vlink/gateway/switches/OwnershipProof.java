package io.vlink.gateway.switches;

import java.time.Duration;
import java.time.Instant;

/**
 * Makes sure that we still own a switch before we outbid another master. An owner that was paused learns within two
 * heartbeats of the group that it was replaced, and is thrown away then. So we wait longer than that, in steps: time in
 * which we were paused ourselves counts for one step only.
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

    /** The generation id to outbid. */
    long generation() {
        return generation;
    }
}
