package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;

/**
 * What a rule does with a frame; actions are applied in order (OpenFlow 1.4.1 §5.10). In JSON a text: {@code meter NUMBER}
 * passes the frame through a meter, {@code push LABEL} and {@code swap LABEL} put a label on it and replace that which it has,
 * {@code pop} takes its VLAN tag off, {@code output PORT} sends it out, {@code back} sends it out of the port that it came in at,
 * {@code group NUMBER} hands it to a group of the same rule set, {@code goto TABLE} goes on in a further table.
 */
public sealed interface Action {

    /**
     * Passes the frame through a meter of the same switch. Always first.
     *
     * @param meter the number of a meter of the same rule set, or of a {@link LinkMeter}, which stands in that of a link
     */
    record Police(int meter) implements Action {}

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
    record ToGroup(int group) implements Action {}

    /**
     * Goes on in a further table. Always last, and in no bucket.
     *
     * @param table behind that of the rule
     */
    record GoTo(Table table) implements Action {}

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException naming the text, and what it may be, if it is none
     */
    @JsonCreator
    static Action of(String text) {
        return ActionText.read(text);
    }

    /** As {@link #of} reads it. */
    @JsonValue
    default String text() {
        return ActionText.write(this);
    }
}
