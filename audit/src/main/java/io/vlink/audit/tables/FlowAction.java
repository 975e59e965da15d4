package io.vlink.audit.tables;

import java.util.HexFormat;

/** One action of a rule or a bucket. */
public sealed interface FlowAction {

    /** Sends the frame out of a port, or to a reserved one. */
    record OutputPort(long port) implements FlowAction {}

    /** Hands the frame to a group. */
    record GroupAction(long group) implements FlowAction {}

    record PushVlan(int etherType) implements FlowAction {}

    record PopVlan() implements FlowAction {}

    /** Writes the outermost tag's id; {@link FlowMatch#TAGGED} is not part of it. */
    record SetVlan(int vlan) implements FlowAction {}

    record SetTunnel(long id) implements FlowAction {}

    /** Changes the frame, but neither its label nor its path. */
    record Rewrite(String text) implements FlowAction {}

    /** Any other action; its effect is unknown. */
    record UnknownAction(String text) implements FlowAction {}

    /** Returns the action in the notation of {@code ovs-ofctl}. */
    default String text() {
        return switch (this) {
            case OutputPort output -> Reserved.text(output.port());
            case GroupAction group -> "group:" + group.group();
            case PushVlan push -> "push_vlan:0x" + HexFormat.of().toHexDigits((short) push.etherType());
            case PopVlan pop -> "pop_vlan";
            case SetVlan set -> "set_field:%d->vlan_vid".formatted(set.vlan() | FlowMatch.TAGGED);
            case SetTunnel set -> "set_field:0x%x->tun_id".formatted(set.id());
            case Rewrite rewrite -> rewrite.text();
            case UnknownAction unknown -> unknown.text();
        };
    }
}
