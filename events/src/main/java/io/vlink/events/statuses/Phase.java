package io.vlink.events.statuses;

/** Where a network stands, in one word. */
public enum Phase {
    /** It cannot be had now; see the condition Accepted. */
    Refused,
    /** Reserved; an end has no usable attachment yet; see the condition Attached. */
    Waiting,
    /** Rules are on their way to the switches; see the condition Programmed. */
    Programming,
    /** Every switch confirmed. */
    Ready,
    /** Confirmed before, but traffic cannot pass now; see the condition Ready. */
    Degraded,
    /** Rules are being removed. */
    Removing,
    /** Every switch confirmed that nothing is left. */
    Removed
}
