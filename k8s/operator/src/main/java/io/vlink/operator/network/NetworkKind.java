package io.vlink.operator.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The types that L2S-M knows. */
public enum NetworkKind {
    @JsonProperty("vnet")
    VNET,
    @JsonProperty("vlink")
    VLINK,
    @JsonProperty("ext-vnet")
    EXT_VNET
}
