package io.vlink.audit.comparison;

import io.vlink.audit.isolation.Way;
import io.vlink.audit.tables.FlowAction;
import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.Instruction;
import io.vlink.audit.tables.Masked;
import io.vlink.audit.tables.Reserved;
import io.vlink.audit.tables.TableGroup;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules as they look in a switch: those that are wanted, and those that a circuit needs according to docs/pipeline.md.
 * Implemented independently of the services: a mistake passes only if it is made twice.
 */
final class Rules {

    private static final int FORWARDING = 2;
    private static final int FROM_WORKLOAD = 100;
    private static final int FROM_LINK = 200;
    private static final int TAG = 0x8100;
    private static final long BITS_PER_KBIT = 1_000;
    private static final long TWENTY_MILLIS = 50;
    private static final long TEN_FRAMES_KBIT = 122;
    private static final long LINK_METERS = 65_536;
    private static final long MAX_PORT = 65_535;

    private Rules() {}

    /** Returns a wanted rule as it has to look in the switch. */
    static TableRule of(Rule rule) {
        Label label = rule.match().label();
        boolean tagged = label != null && label.kind() == Label.LabelKind.VLAN;
        List<Instruction> instructions = new ArrayList<>(2);
        List<FlowAction> applied = new ArrayList<>(4);
        Table next = null;
        for (Action action : rule.actions()) {
            switch (action) {
                case Action.ApplyMeter meter -> instructions.add(new Instruction.ThroughMeter(meter.meter()));
                case Action.PushLabel push -> {
                    put(push.label(), true, applied);
                    tagged |= push.label().kind() == Label.LabelKind.VLAN;
                }
                case Action.SwapLabel swap -> put(swap.label(), false, applied);
                case Action.PopLabel pop -> {
                    if (tagged) {
                        applied.add(new FlowAction.PopVlan());
                        tagged = false;
                    }
                }
                case Action.Output output -> applied.add(output(rule.match().inPort(), output.port()));
                case Action.OutputBack back -> applied.add(new FlowAction.OutputPort(Reserved.IN_PORT));
                case Action.ToGroup group -> applied.add(new FlowAction.GroupAction(group.group()));
                case Action.GoTo on -> next = on.table();
            }
        }
        if (!applied.isEmpty()) {
            instructions.add(new Instruction.Apply(applied));
        }
        if (next != null) {
            instructions.add(new Instruction.GotoTable(next.number()));
        }
        return new TableRule(
                rule.standsIn().number(),
                rule.priority(),
                rule.cookie().value(),
                match(rule.match().inPort(), label),
                instructions,
                "");
    }

    /** Returns the same rule as in a suite that is finalised: until then there is only one table. */
    static TableRule whereItIsToGo(Rule rule) {
        TableRule of = of(rule);
        return of.table() == 0
                ? new TableRule(FORWARDING, of.priority(), of.cookie(), of.match(), of.instructions(), of.timeouts())
                : of;
    }

    /** Returns a wanted group as it has to look in the switch. */
    static TableGroup of(Group group) {
        List<TableGroup.GroupBucket> buckets = new ArrayList<>();
        for (Bucket bucket : group.buckets()) {
            List<FlowAction> actions = new ArrayList<>(4);
            for (Action action : bucket.actions()) {
                switch (action) {
                    case Action.PushLabel push -> put(push.label(), true, actions);
                    case Action.SwapLabel swap -> put(swap.label(), false, actions);
                    case Action.PopLabel pop -> actions.add(new FlowAction.PopVlan());
                    case Action.Output output ->
                        actions.add(new FlowAction.OutputPort(output.port().value()));
                    case Action.OutputBack back -> actions.add(new FlowAction.OutputPort(Reserved.IN_PORT));
                    case Action.ApplyMeter meter -> throw new IllegalStateException("A bucket must not use a meter.");
                    case Action.ToGroup next -> throw new IllegalStateException("A bucket must not lead to a group.");
                    case Action.GoTo next -> throw new IllegalStateException("A bucket must not lead to a table.");
                }
            }
            PortNumber port = bucket.watchPort();
            Integer watched = bucket.watchGroup();
            buckets.add(new TableGroup.GroupBucket(
                    port == null ? null : Long.valueOf(port.value()),
                    watched == null ? null : Long.valueOf(watched),
                    actions));
        }
        String type =
                switch (group.kind()) {
                    case ALL -> "all";
                    case FAST_FAILOVER -> "ff";
                };
        return new TableGroup(group.number(), type, buckets);
    }

    /**
     * Returns the rule of a circuit in one of the switches that it crosses.
     *
     * @param meter number of the meter that it uses; null: none
     */
    static TableRule of(Circuit circuit, Direction direction, Way.Stage stage, @Nullable Integer meter) {
        Label in = stage.inLabel();
        Label out = stage.outLabel();
        boolean leavesTag = in != null && in.kind() == Label.LabelKind.VLAN;
        boolean entersTag = out != null && out.kind() == Label.LabelKind.VLAN;
        List<FlowAction> applied = new ArrayList<>(4);
        if (leavesTag && !entersTag) {
            applied.add(new FlowAction.PopVlan());
        }
        if (out != null) {
            put(out, !leavesTag, applied);
        }
        applied.add(output(stage.inPort(), stage.outPort()));
        List<Instruction> instructions = new ArrayList<>(2);
        if (meter != null) {
            instructions.add(new Instruction.ThroughMeter(meter));
        }
        instructions.add(new Instruction.Apply(applied));
        return new TableRule(
                FORWARDING,
                in == null ? FROM_WORKLOAD : FROM_LINK,
                Cookie.of(Cookie.CookieKind.FORWARDING, circuit.number(), direction, stage.hop())
                        .value(),
                match(stage.inPort(), in),
                instructions,
                "");
    }

    /** Returns the meter that a direction of a circuit needs at its first switch; null: none. */
    static @Nullable Meter meter(Circuit circuit, Direction direction) {
        Route route = circuit.route(direction);
        Long bits = route.bandwidthBits();
        Integer number = route.meter();
        if (bits == null || number == null) {
            return null;
        }
        return meter(number, Math.ceilDiv(bits, BITS_PER_KBIT));
    }

    /**
     * Returns the meter that all best effort over links shares at its sending port; null: the port number is too high
     * for a meter.
     */
    static @Nullable Meter meter(LinkShare share) {
        Integer number = linkMeter(share.port());
        return number == null ? null : meter(number, share.bestEffortBits() / BITS_PER_KBIT);
    }

    /** Returns the number of that meter. */
    static @Nullable Integer linkMeter(PortNumber port) {
        return port.value() > MAX_PORT ? null : (int) (LINK_METERS + port.value());
    }

    /** Returns whether a meter is one of those. */
    static boolean isLinkMeter(long number) {
        return number > LINK_METERS && number <= LINK_METERS + MAX_PORT;
    }

    private static Meter meter(int number, long kbps) {
        long rate = Math.clamp(kbps, 1, 0xffffffffL);
        return new Meter(number, rate, Math.max(Math.ceilDiv(rate, TWENTY_MILLIS), TEN_FRAMES_KBIT));
    }

    private static void put(Label label, boolean adds, List<FlowAction> applied) {
        switch (label.kind()) {
            case VLAN -> {
                if (adds) {
                    applied.add(new FlowAction.PushVlan(TAG));
                }
                applied.add(new FlowAction.SetVlan(label.value()));
            }
            case VNI -> applied.add(new FlowAction.SetTunnel(label.value()));
        }
    }

    private static FlowAction output(@Nullable PortNumber in, PortNumber out) {
        return new FlowAction.OutputPort(out.equals(in) ? Reserved.IN_PORT : out.value());
    }

    private static FlowMatch match(@Nullable PortNumber inPort, @Nullable Label label) {
        Masked vlan = label != null && label.kind() == Label.LabelKind.VLAN
                ? new Masked(FlowMatch.TAGGED | label.value(), FlowMatch.WHOLE_VLAN)
                : null;
        Masked tunnel = label != null && label.kind() == Label.LabelKind.VNI ? new Masked(label.value(), -1) : null;
        return new FlowMatch(inPort == null ? null : inPort.value(), vlan, tunnel, null, List.of());
    }
}
