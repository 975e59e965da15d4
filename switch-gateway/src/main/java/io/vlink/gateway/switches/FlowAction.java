package io.vlink.gateway.switches;

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

    /** Hands the frame to a group. */
    record ToGroup(long group) implements FlowAction {}

    /** OFPP_IN_PORT: OpenFlow drops a frame that is sent back by the plain number of the port that it came in at. */
    record OutputBack() implements FlowAction {}

    /** The instruction to go on in a further table; always last. */
    record GoTo(Table table) implements FlowAction {}

    /** Anything that we never write. */
    record Other(String text) implements FlowAction {}

    /** The number of the link's meter that actions pass; 0: none. */
    static long linkMeter(List<FlowAction> actions) {
        for (FlowAction action : actions) {
            if (action instanceof ThroughMeter(long meter) && LinkMeter.is(meter)) {
                return meter;
            }
        }
        return 0;
    }

    /** Whether frames go somewhere by it, or it is not known what becomes of them; of a group its buckets say that. */
    private boolean sends() {
        return switch (this) {
            case Output output -> true;
            case OutputBack back -> true;
            case ToGroup group -> false;
            case GoTo on -> true;
            case Other other -> true;
            case ThroughMeter meter -> false;
            case PushVlan push -> false;
            case SetVlan set -> false;
            case SetTunnel set -> false;
            case PopVlan pop -> false;
        };
    }

    /** Whether frames go nowhere by some actions but where they go by others. */
    static boolean goOnlyWhere(List<FlowAction> some, List<FlowAction> others) {
        return some.stream().allMatch(action -> !action.sends() || others.contains(action));
    }

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
                case Action.OutputBack back -> flow.add(new OutputBack());
                case Action.ToGroup group -> flow.add(new ToGroup(group.group()));
                case Action.GoTo on -> flow.add(new GoTo(on.table()));
            }
        }
        return List.copyOf(flow);
    }

    /** What a bucket looks like there: in it stands what is meant, whatever frames may come. */
    static List<FlowAction> of(Bucket bucket) {
        List<FlowAction> flow = new ArrayList<>(bucket.actions().size() + 1);
        for (Action action : bucket.actions()) {
            switch (action) {
                case Action.PushLabel push -> {
                    if (push.label().kind() == Label.Kind.VLAN) {
                        flow.add(new PushVlan(VLAN_TAG));
                    }
                    flow.add(set(push.label()));
                }
                case Action.SwapLabel swap -> flow.add(set(swap.label()));
                case Action.PopLabel pop -> flow.add(new PopVlan());
                case Action.Output output -> flow.add(new Output(output.port()));
                case Action.OutputBack back -> flow.add(new OutputBack());
                case Action.Police police -> throw new IllegalArgumentException("A bucket passes no meter.");
                case Action.ToGroup group -> throw new IllegalArgumentException("A bucket leads to no group.");
                case Action.GoTo on -> throw new IllegalArgumentException("A bucket leads to no table.");
            }
        }
        return List.copyOf(flow);
    }

    /** The number of the group that actions lead to; 0: none. */
    static long group(List<FlowAction> actions) {
        for (FlowAction action : actions) {
            if (action instanceof ToGroup(long group)) {
                return group;
            }
        }
        return 0;
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
