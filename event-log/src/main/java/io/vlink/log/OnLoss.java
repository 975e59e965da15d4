package io.vlink.log;

/** What a service does when Kafka's data is not what it was, as topics were deleted, recreated, truncated, emptied or swapped. */
public enum OnLoss {
    /** It does not look. */
    NOTHING,
    /** It loads all again and goes on: it has another way to tell whether what it does is right. */
    RELOAD,
    /**
     * It decides nothing more until the right data is back, or a present switch-gateway says that it works with what is there
     * now and leaves no switch alone. What only services tell each other, and not users, is loaded again at once.
     */
    HALT
}
