package io.vlink.events.links;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Label;

/** What a link is made of, and so which labels keep vlinks apart on it. */
public enum LinkKind {
    /** A cable, or anything that carries Ethernet frames with VLAN tags as they are. */
    @JsonProperty("plain")
    PLAIN(Label.Kind.VLAN),
    /** A VXLAN tunnel with {@code key=flow}. */
    @JsonProperty("vxlan")
    VXLAN(Label.Kind.VNI);

    private final Label.Kind labels;

    LinkKind(Label.Kind labels) {
        this.labels = labels;
    }

    public Label.Kind labels() {
        return labels;
    }
}
