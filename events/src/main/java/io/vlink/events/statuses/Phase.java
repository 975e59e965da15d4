package io.vlink.events.statuses;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Word;

/** The state of a network, in one word. */
public enum Phase implements Word {
    /** It cannot be admitted now; see the condition Accepted. */
    @JsonProperty("Refused")
    Refused,
    /** Reserved; an end has no usable attachment yet; see the condition Attached. */
    @JsonProperty("Waiting")
    Waiting,
    /** Rules are being sent to the switches; see the condition Programmed. */
    @JsonProperty("Programming")
    Programming,
    /** Every switch confirmed its rules. */
    @JsonProperty("Ready")
    Ready,
    /** Confirmed before, but traffic cannot pass now; see the condition Ready. */
    @JsonProperty("Degraded")
    Degraded,
    /** Rules are being removed. */
    @JsonProperty("Removing")
    Removing,
    /** Every switch confirmed that nothing is left. */
    @JsonProperty("Removed")
    Removed;

    private final String word = name();

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
