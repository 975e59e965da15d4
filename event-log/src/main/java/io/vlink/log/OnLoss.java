package io.vlink.log;

/**
 * The reaction of a service when Kafka's data is not what it was, because topics were deleted, recreated, truncated,
 * emptied or swapped.
 */
public enum OnLoss {
    /** Does not check. */
    NOTHING,
    /** Reloads everything and continues: the service verifies its actions in another way. */
    RELOAD,
    /**
     * Makes no decisions until the right data is back, or a present switch-gateway reports that it works with the
     * present data and leaves no switch alone. Data that only services exchange, not users, is reloaded at once.
     */
    HALT
}
