package io.vlink.operator;

import jakarta.inject.Singleton;

/**
 * Whether this operator is being stopped. Thread-safe.
 *
 * <p>The SDK empties its caches while reconciliations still run ({@code Operator.stop()} of java-operator-sdk 5.3.2), so
 * each node and pod seems deleted. A reconciler looks here after it has read a cache, and before it acts on what it read:
 * this is set before the first cache is emptied.
 */
@Singleton
public final class Stopping {

    private volatile boolean begun;

    /** Returns whether caches may have been emptied. */
    public boolean hasBegun() {
        return begun;
    }

    /** Says that caches will be emptied. */
    void begin() {
        begun = true;
    }
}
