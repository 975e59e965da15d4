package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way traffic of a network goes: from {@code fromEndpoint} to {@code toEndpoint}, or back. */
public enum Direction {
    @JsonProperty("forward")
    FORWARD,
    @JsonProperty("reverse")
    REVERSE
}
