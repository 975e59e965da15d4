package io.vlink.gateway.switches;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a flow entry does, as it stands in the switch. Several {@link Action}s may look alike there, so wanted and
 * installed rules are compared in this form.
 */
public sealed interface FlowAction {

    /** The meter instruction; always first. */
    record ThroughMeter(long meter) implements FlowAction {}

    record PushVlan(int etherType) implements FlowAction {}

    record SetVlan(int vlan) implements FlowAction {}

    record SetTunnel(long vni) implements FlowAction {}

    record PopVlan() implements FlowAction {}

    record Output(PortNumber port) implements FlowAction {}

    /** OFPP_IN_PORT: OpenFlow drops a frame that is sent back by the plain number of the port that it came in at. */
    record OutputBack() implements FlowAction {}

    /** Anything that we never write. */
    record Other(String text) implements FlowAction {}

    /** The EtherType of the tags that we push. */
    int VLAN_TAG = 0x8100;

    /** What a rule looks like in the switch. */
    static List<FlowAction> of(Rule rule) {
        List<FlowAction> flow = new ArrayList<>(rule.actions().size() + 1);
        boolean tagged = isVlan(rule.match().label());
        for (Action action : rule.actions()) {
            switch (action) {
                case Action.Police police -> flow.add(new ThroughMeter(police.meter()));
                case Action.PushLabel push -> {
                    if (push.label().kind() == Label.Kind.VLAN) {
                        flow.add(new PushVlan(VLAN_TAG));
                        tagged = true;
                    }
                    flow.add(set(push.label()));
                }
                case Action.SwapLabel swap -> flow.add(set(swap.label()));
                case Action.PopLabel pop -> {
                    // A VNI is no part of the frame: taking a tag off would take the workload's own.
                    if (tagged) {
                        flow.add(new PopVlan());
                        tagged = false;
                    }
                }
                case Action.Output output ->
                    flow.add(
                            output.port().equals(rule.match().inPort()) ? new OutputBack() : new Output(output.port()));
            }
        }
        return List.copyOf(flow);
    }

    private static boolean isVlan(@Nullable Label label) {
        return label != null && label.kind() == Label.Kind.VLAN;
    }

    private static FlowAction set(Label label) {
        return switch (label.kind()) {
            case VLAN -> new SetVlan(label.value());
            case VNI -> new SetTunnel(label.value());
        };
    }
}
