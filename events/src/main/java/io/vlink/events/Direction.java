package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The direction of a network's traffic: from {@code fromEndpoint} to {@code toEndpoint}, or back. */
public enum Direction {
    @JsonProperty("forward")
    FORWARD,
    @JsonProperty("reverse")
    REVERSE
}
