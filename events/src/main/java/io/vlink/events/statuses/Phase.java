package io.vlink.events.statuses;

/** The state of a network, in one word. */
public enum Phase {
    /** It cannot be admitted now; see the condition Accepted. */
    Refused,
    /** Reserved; an end has no usable attachment yet; see the condition Attached. */
    Waiting,
    /** Rules are being sent to the switches; see the condition Programmed. */
    Programming,
    /** Every switch confirmed its rules. */
    Ready,
    /** Confirmed before, but traffic cannot pass now; see the condition Ready. */
    Degraded,
    /** Rules are being removed. */
    Removing,
    /** Every switch confirmed that nothing is left. */
    Removed
}
