package io.vlink.events.links;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Label;

/** The medium of a link, which determines the kind of its labels. */
public enum LinkKind {
    /** A cable, or any medium that carries Ethernet frames with their VLAN tags unchanged. */
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
