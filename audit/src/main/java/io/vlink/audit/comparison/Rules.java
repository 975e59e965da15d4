package io.vlink.audit.comparison;

import io.vlink.audit.isolation.Way;
import io.vlink.audit.tables.FlowAction;
import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.Instruction;
import io.vlink.audit.tables.Masked;
import io.vlink.audit.tables.Reserved;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules look like in a switch: those that are wanted, and those that a circuit needs by docs/pipeline.md. Written again
 * here and not taken from the services, so that a mistake has to be made twice.
 */
final class Rules {

    private static final int FROM_WORKLOAD = 100;
    private static final int FROM_LINK = 200;
    private static final int TAG = 0x8100;
    private static final long BITS_PER_KBIT = 1_000;
    private static final long TWENTY_MILLIS = 50;
    private static final long TEN_FRAMES_KBIT = 122;

    private Rules() {}

    /** A wanted rule as it has to stand in the switch. */
    static TableRule of(Rule rule) {
        Label label = rule.match().label();
        boolean tagged = label != null && label.kind() == Label.Kind.VLAN;
        List<Instruction> instructions = new ArrayList<>(2);
        List<FlowAction> applied = new ArrayList<>(4);
        for (Action action : rule.actions()) {
            switch (action) {
                case Action.Police police -> instructions.add(new Instruction.ThroughMeter(police.meter()));
                case Action.PushLabel push -> {
                    put(push.label(), true, applied);
                    tagged |= push.label().kind() == Label.Kind.VLAN;
                }
                case Action.SwapLabel swap -> put(swap.label(), false, applied);
                case Action.PopLabel pop -> {
                    if (tagged) {
                        applied.add(new FlowAction.PopVlan());
                        tagged = false;
                    }
                }
                case Action.Output output -> applied.add(output(rule.match().inPort(), output.port()));
            }
        }
        if (!applied.isEmpty()) {
            instructions.add(new Instruction.Apply(applied));
        }
        return new TableRule(
                0, rule.priority(), rule.cookie().value(), match(rule.match().inPort(), label), instructions, "");
    }

    /** The rule of a circuit in one of the switches that it crosses. */
    static TableRule of(Circuit circuit, Direction direction, Way.Stage stage, @Nullable Integer meter) {
        Label in = stage.inLabel();
        Label out = stage.outLabel();
        boolean leavesTag = in != null && in.kind() == Label.Kind.VLAN;
        boolean entersTag = out != null && out.kind() == Label.Kind.VLAN;
        List<FlowAction> applied = new ArrayList<>(4);
        if (leavesTag && !entersTag) {
            applied.add(new FlowAction.PopVlan());
        }
        if (out != null) {
            put(out, !leavesTag, applied);
        }
        applied.add(output(stage.inPort(), stage.outPort()));
        List<Instruction> instructions = new ArrayList<>(2);
        if (meter != null && in == null) {
            instructions.add(new Instruction.ThroughMeter(meter));
        }
        instructions.add(new Instruction.Apply(applied));
        return new TableRule(
                0,
                in == null ? FROM_WORKLOAD : FROM_LINK,
                Cookie.of(Cookie.Kind.FORWARDING, circuit.number(), direction, stage.hop())
                        .value(),
                match(stage.inPort(), in),
                instructions,
                "");
    }

    /** The meter that a direction of a circuit needs at its first switch; null: none. */
    static @Nullable Meter meter(Circuit circuit, Direction direction) {
        Route route = circuit.route(direction);
        Long bits = route.bandwidthBits();
        Integer number = route.meter();
        if (bits == null || number == null) {
            return null;
        }
        long rate = Math.clamp(Math.ceilDiv(bits, BITS_PER_KBIT), 1, 0xffffffffL);
        return new Meter(number, rate, Math.max(Math.ceilDiv(rate, TWENTY_MILLIS), TEN_FRAMES_KBIT));
    }

    private static void put(Label label, boolean anew, List<FlowAction> applied) {
        switch (label.kind()) {
            case VLAN -> {
                if (anew) {
                    applied.add(new FlowAction.PushVlan(TAG));
                }
                applied.add(new FlowAction.SetVlan(label.value()));
            }
            case VNI -> applied.add(new FlowAction.SetTunnel(label.value()));
        }
    }

    private static FlowAction output(PortNumber in, PortNumber out) {
        return new FlowAction.Output(in.equals(out) ? Reserved.IN_PORT : out.value());
    }

    private static FlowMatch match(PortNumber inPort, @Nullable Label label) {
        Masked vlan = label != null && label.kind() == Label.Kind.VLAN
                ? new Masked(FlowMatch.TAGGED | label.value(), FlowMatch.WHOLE_VLAN)
                : null;
        Masked tunnel = label != null && label.kind() == Label.Kind.VNI ? new Masked(label.value(), -1) : null;
        return new FlowMatch(inPort.value(), vlan, tunnel, null, List.of());
    }
}
