package io.vlink.events.paths;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The outcome of a user's declaration. */
public enum Outcome {
    /** Path, bandwidth, labels and numbers are reserved. */
    @JsonProperty("admitted")
    ADMITTED,
    /** It cannot be admitted now; it is tried again whenever topology or reservations change. */
    @JsonProperty("refused")
    REFUSED,
    /** The user removed it. */
    @JsonProperty("withdrawn")
    WITHDRAWN
}
