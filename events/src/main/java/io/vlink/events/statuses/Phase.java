package io.vlink.events.statuses;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.text.Word;

/** The state of a network, in one word. */
public enum Phase implements Word {
    /** It cannot be admitted now; see the condition Accepted. */
    @JsonProperty("Refused")
    REFUSED,
    /** Reserved; an end has no usable attachment yet; see the condition Attached. */
    @JsonProperty("Waiting")
    WAITING,
    /** Rules are being sent to the switches; see the condition Programmed. */
    @JsonProperty("Programming")
    PROGRAMMING,
    /** Every switch confirmed its rules. */
    @JsonProperty("Ready")
    READY,
    /** Confirmed before, but traffic cannot pass now; see the condition Ready. */
    @JsonProperty("Degraded")
    DEGRADED,
    /** Rules are being removed. */
    @JsonProperty("Removing")
    REMOVING,
    /** Every switch confirmed that nothing is left. */
    @JsonProperty("Removed")
    REMOVED;

    private final String word = Word.of(name());

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
