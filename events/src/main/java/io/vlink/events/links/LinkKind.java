package io.vlink.events.links;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Label;

/** The medium of a link, which determines the kind of its labels. */
public enum LinkKind {
    /** A cable, or any medium that carries Ethernet frames with their VLAN tags unchanged. */
    @JsonProperty("plain")
    PLAIN(Label.LabelKind.VLAN),
    /** A VXLAN tunnel with {@code key=flow}. */
    @JsonProperty("vxlan")
    VXLAN(Label.LabelKind.VNI);

    private final Label.LabelKind labels;

    LinkKind(Label.LabelKind labels) {
        this.labels = labels;
    }

    public Label.LabelKind labels() {
        return labels;
    }
}
