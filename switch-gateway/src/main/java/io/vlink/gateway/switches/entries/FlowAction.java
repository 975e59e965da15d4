package io.vlink.gateway.switches.entries;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action of a flow entry, in the form in which the switch has it. Several {@link Action}s may look alike there, so
 * wanted and installed rules are compared in this form.
 */
public sealed interface FlowAction {

    /** The meter instruction; always first. */
    record ThroughMeter(long meter) implements FlowAction {}

    record PushVlan(int etherType) implements FlowAction {}

    record SetVlan(int vlan) implements FlowAction {}

    record SetTunnel(long vni) implements FlowAction {}

    record PopVlan() implements FlowAction {}

    record OutputPort(PortNumber port) implements FlowAction {}

    /** Sends the frame to a group. */
    record GroupAction(long group) implements FlowAction {}

    /** OFPP_IN_PORT: OpenFlow drops a frame that is sent back by the number of the port at which it entered. */
    record OutputInPort() implements FlowAction {}

    /** The instruction to go to a later table; always last. */
    record GotoTable(Table table) implements FlowAction {}

    /** Any action that Vlink never writes. */
    record Other(String text) implements FlowAction {}

    /** Returns the number of the link's meter that actions use; 0 if none. */
    static long linkMeter(List<FlowAction> actions) {
        for (FlowAction action : actions) {
            if (action instanceof ThroughMeter(long meter) && LinkMeter.is(meter)) {
                return meter;
            }
        }
        return 0;
    }

    /** Returns whether it sends frames anywhere, or its effect is unknown; for a group the buckets decide. */
    private boolean sends() {
        return switch (this) {
            case OutputPort output -> true;
            case OutputInPort back -> true;
            case GroupAction group -> false;
            case GotoTable on -> true;
            case Other other -> true;
            case ThroughMeter meter -> false;
            case PushVlan push -> false;
            case SetVlan set -> false;
            case SetTunnel set -> false;
            case PopVlan pop -> false;
        };
    }

    /** Returns whether {@code some} send frames only where {@code others} send them, too. */
    static boolean goOnlyWhere(List<FlowAction> some, List<FlowAction> others) {
        return some.stream().allMatch(action -> !action.sends() || others.contains(action));
    }

    /** The EtherType of the tags that Vlink pushes. */
    int VLAN_TAG = 0x8100;

    /** Returns the actions of a rule as they appear in the switch. */
    static List<FlowAction> of(Rule rule) {
        List<FlowAction> flow = new ArrayList<>(rule.actions().size() + 1);
        boolean tagged = isVlan(rule.match().label());
        for (Action action : rule.actions()) {
            switch (action) {
                case Action.ApplyMeter meter -> flow.add(new ThroughMeter(meter.meter()));
                case Action.PushLabel push -> {
                    if (push.label().kind() == Label.LabelKind.VLAN) {
                        flow.add(new PushVlan(VLAN_TAG));
                        tagged = true;
                    }
                    flow.add(set(push.label()));
                }
                case Action.SwapLabel swap -> flow.add(set(swap.label()));
                case Action.PopLabel pop -> {
                    // A VNI is not part of the frame: popping a tag would remove the workload's own.
                    if (tagged) {
                        flow.add(new PopVlan());
                        tagged = false;
                    }
                }
                case Action.Output output ->
                    flow.add(
                            output.port().equals(rule.match().inPort())
                                    ? new OutputInPort()
                                    : new OutputPort(output.port()));
                case Action.OutputBack back -> flow.add(new OutputInPort());
                case Action.ToGroup group -> flow.add(new GroupAction(group.group()));
                case Action.GoTo on -> flow.add(new GotoTable(on.table()));
            }
        }
        return List.copyOf(flow);
    }

    /** Returns the actions of a bucket as they appear in the switch. They do not depend on the frame's label. */
    static List<FlowAction> of(Bucket bucket) {
        List<FlowAction> flow = new ArrayList<>(bucket.actions().size() + 1);
        for (Action action : bucket.actions()) {
            switch (action) {
                case Action.PushLabel push -> {
                    if (push.label().kind() == Label.LabelKind.VLAN) {
                        flow.add(new PushVlan(VLAN_TAG));
                    }
                    flow.add(set(push.label()));
                }
                case Action.SwapLabel swap -> flow.add(set(swap.label()));
                case Action.PopLabel pop -> flow.add(new PopVlan());
                case Action.Output output -> flow.add(new OutputPort(output.port()));
                case Action.OutputBack back -> flow.add(new OutputInPort());
                case Action.ApplyMeter meter -> throw new IllegalArgumentException("A bucket cannot use a meter.");
                case Action.ToGroup group -> throw new IllegalArgumentException("A bucket cannot send to a group.");
                case Action.GoTo on -> throw new IllegalArgumentException("A bucket cannot go to a table.");
            }
        }
        return List.copyOf(flow);
    }

    /** Returns the number of the group that actions send frames to; 0 if none. */
    static long group(List<FlowAction> actions) {
        for (FlowAction action : actions) {
            if (action instanceof GroupAction(long group)) {
                return group;
            }
        }
        return 0;
    }

    private static boolean isVlan(@Nullable Label label) {
        return label != null && label.kind() == Label.LabelKind.VLAN;
    }

    private static FlowAction set(Label label) {
        return switch (label.kind()) {
            case VLAN -> new SetVlan(label.value());
            case VNI -> new SetTunnel(label.value());
        };
    }
}
