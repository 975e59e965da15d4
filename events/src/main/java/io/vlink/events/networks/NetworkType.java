package io.vlink.events.networks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a network joins. */
public enum NetworkType {
    /** Exactly two ends, over an explicit or computed path. */
    @JsonProperty("vlink")
    VLINK
}
