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
    @JsonSubTypes.Type(value = Action.OutputBack.class, name = "back"),
    @JsonSubTypes.Type(value = Action.ToGroup.class, name = "group"),
    @JsonSubTypes.Type(value = Action.GoTo.class, name = "goto"),
})
public sealed interface Action {

    /**
     * Passes the frame through a meter of the same switch. Always first.
     *
     * @param meter the number of a meter of the same rule set, or of a {@link LinkMeter}, which stands in that of a link
     */
    record Police(@Between(min = 1, max = LinkMeter.LAST) int meter) implements Action {}

    /** Puts a label on: a VLAN tag of type 0x8100 outside all others, or the tunnel's VNI. */
    record PushLabel(Label label) implements Action {}

    /** Replaces a label by another of the same kind. */
    record SwapLabel(Label label) implements Action {}

    /** Takes the VLAN tag off. A VNI needs none: it is not part of the frame, and in buckets no such action stands for one. */
    record PopLabel() implements Action {}

    /** Sends the frame out of a port. */
    record Output(PortNumber port) implements Action {}

    /** Sends the frame back out of the port that it came in at, which {@link Output} does not do in a bucket. */
    record OutputBack() implements Action {}

    /**
     * Hands the frame to a group of the same rule set. Always last.
     *
     * @param group the group's number
     */
    record ToGroup(@Between(min = 1, max = 0xffff) int group) implements Action {}

    /**
     * Goes on in a further table. Always last, and in no bucket.
     *
     * @param table behind that of the rule
     */
    record GoTo(Table table) implements Action {}
}
