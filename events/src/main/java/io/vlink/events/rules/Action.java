package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.Between;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;

/** What a rule does with a frame; actions are applied in order (OpenFlow 1.4.1 §5.10). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Action.Police.class, name = "meter"),
    @JsonSubTypes.Type(value = Action.PushLabel.class, name = "push"),
    @JsonSubTypes.Type(value = Action.SwapLabel.class, name = "swap"),
    @JsonSubTypes.Type(value = Action.PopLabel.class, name = "pop"),
    @JsonSubTypes.Type(value = Action.Output.class, name = "output"),
})
public sealed interface Action {

    /**
     * Passes the frame through a meter of the same switch. Always first.
     *
     * @param meter the meter's number
     */
    record Police(@Between(min = 1, max = 0xffff) int meter) implements Action {}

    /** Puts a label on: a VLAN tag of type 0x8100 outside all others, or the tunnel's VNI. */
    record PushLabel(Label label) implements Action {}

    /** Replaces a label by another of the same kind. */
    record SwapLabel(Label label) implements Action {}

    /** Takes the VLAN tag off. A VNI needs none: it is not part of the frame. */
    record PopLabel() implements Action {}

    /** Sends the frame out of a port. */
    record Output(PortNumber port) implements Action {}
}
