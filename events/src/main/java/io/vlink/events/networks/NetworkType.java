package io.vlink.events.networks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of network, by what they join. */
public enum NetworkType {
    /** Exactly two ends, over an explicit or computed path. */
    @JsonProperty("vlink")
    VLINK
}
