package io.vlink.operator.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The network types of L2S-M. */
public enum NetworkKind {
    @JsonProperty("vnet")
    VNET,
    @JsonProperty("vlink")
    VLINK,
    @JsonProperty("ext-vnet")
    EXT_VNET;

    /** Returns the type as written in manifests. */
    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
