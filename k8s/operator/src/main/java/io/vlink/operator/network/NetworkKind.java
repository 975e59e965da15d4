package io.vlink.operator.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The types that L2S-M knows. */
public enum NetworkKind {
    @JsonProperty("vnet")
    VNET,
    @JsonProperty("vlink")
    VLINK,
    @JsonProperty("ext-vnet")
    EXT_VNET;

    /** As manifests write it. */
    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
