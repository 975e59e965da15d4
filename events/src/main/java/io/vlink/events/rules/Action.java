package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;

/**
 * An action of a rule on a frame; actions are applied in order (OpenFlow 1.4.1 §5.10). In JSON a text:
 * {@code meter NUMBER} passes the frame through a meter, {@code push LABEL} adds a label, {@code swap LABEL} replaces
 * it, {@code pop} removes the VLAN tag, {@code output PORT} sends the frame out, {@code back} sends it out of the port
 * at which it arrived, {@code group NUMBER} hands it to a group of the same rule set, {@code goto TABLE} continues in a
 * later table.
 */
public sealed interface Action {

    /**
     * Passes the frame through a meter of the same switch. Always first.
     *
     * @param meter the number of a meter of the same rule set, or of a {@link LinkMeter}, which is in the rule set of a
     *     link
     */
    record ApplyMeter(int meter) implements Action {}

    /** Adds a label: a VLAN tag of type 0x8100 outside all others, or the tunnel's VNI. */
    record PushLabel(Label label) implements Action {}

    /** Replaces a label with another of the same kind. */
    record SwapLabel(Label label) implements Action {}

    /**
     * Removes the VLAN tag. A VNI needs no such action, since it is not part of the frame; buckets contain none for it.
     */
    record PopLabel() implements Action {}

    /** Sends the frame out of a port. */
    record Output(PortNumber port) implements Action {}

    /** Sends the frame back out of the port at which it arrived, which {@link Output} does not do in a bucket. */
    record OutputBack() implements Action {}

    /**
     * Hands the frame to a group of the same rule set. Always last.
     *
     * @param group the group's number
     */
    record ToGroup(int group) implements Action {}

    /**
     * Continues in a later table. Always last, and never in a bucket.
     *
     * @param table a table after the rule's own
     */
    record GoTo(Table table) implements Action {}

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException naming the text, and the valid forms, if it is not valid
     */
    @JsonCreator
    static Action of(String text) {
        return ActionText.read(text);
    }

    /** Returns the form that {@link #of} reads. */
    @JsonValue
    default String text() {
        return ActionText.write(this);
    }
}
