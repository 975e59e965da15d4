package io.vlink.flow.compile;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Branch;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a circuit to rules and meters for each of its switches, as {@code docs/pipeline.md} describes: where an endpoint
 * enters, a rule for all frames from the workload's port; at each other entry of a hop, one for its label.
 */
public final class PathCompiler {

    /** Priority of rules for frames from a workload. They match only the port. */
    public static final int INGRESS_PRIORITY = Pipeline.LOWEST;
    /** Priority of rules for frames from a link. They match port and label. */
    public static final int LABEL_PRIORITY = Pipeline.HIGHEST;

    private static final long BITS_PER_KBIT = 1000;
    /** A burst lasts 20 ms, a fiftieth of a second. */
    private static final long BURSTS_PER_SECOND = 50;
    /** Ten full frames: 1,500 bytes of payload, 14 of header, 4 of VLAN tag. */
    private static final long TEN_FRAMES_KBIT = Math.ceilDiv(10L * 1518 * 8, BITS_PER_KBIT);

    private static final long MAX_UINT32 = 0xffffffffL;

    private PathCompiler() {}

    /**
     * Compiles the rules and meters of a circuit. The rules of entries at endpoints switch traffic over to it. A rule
     * that needs an unknown port is left out; none is missing if the circuit is {@link Circuit#installable()}. The
     * first face of each branch carries traffic.
     *
     * @param layout the table of the rules, and the links that have meters
     */
    public static Map<DatapathId, SwitchProgram> compile(Circuit circuit, Layout layout) {
        Map<DatapathId, SwitchProgram> compiled = new HashMap<>();
        for (Direction direction : Direction.values()) {
            compile(circuit, direction, layout, compiled);
        }
        return compiled;
    }

    /** Returns whether any best effort of a circuit leaves by this port over a link. */
    public static boolean sendsFreely(Circuit circuit, SwitchPort port) {
        for (Route route : circuit.routes()) {
            if (route.bandwidthBits() == null) {
                for (Hop hop : route.hops()) {
                    if (hop.datapathId().equals(port.datapathId())
                            && linkMeter(hop, port::equals).isPresent()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Returns the meter of all best effort at a sending port of links; empty if the port can have none. */
    public static Optional<Meter> meter(LinkShare share) {
        OptionalInt number = LinkMeter.of(share.port());
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(meterOfRate(number.getAsInt(), share.bestEffortBits() / BITS_PER_KBIT));
    }

    /** Returns a meter of {@code bandwidthBits} bit/s, with bursts of 20 ms but at least ten full frames. */
    static Meter meter(int number, long bandwidthBits) {
        return meterOfRate(number, Math.ceilDiv(bandwidthBits, BITS_PER_KBIT));
    }

    private static Meter meterOfRate(int number, long kbps) {
        long rateKbps = Math.clamp(kbps, 1, MAX_UINT32);
        long burstKbits = Math.max(Math.ceilDiv(rateKbps, BURSTS_PER_SECOND), TEN_FRAMES_KBIT);
        return new Meter(number, rateKbps, burstKbits);
    }

    private static void compile(
            Circuit circuit, Direction direction, Layout layout, Map<DatapathId, SwitchProgram> compiled) {
        Route route = circuit.route(direction);
        Meter meter = meterOf(route);
        for (Hop hop : route.hops()) {
            Cookie cookie = Cookie.of(Cookie.CookieKind.FORWARDING, circuit.number(), direction, hop.id());
            OptionalInt shared = route.bandwidthBits() == null ? linkMeter(hop, layout.metered()) : OptionalInt.empty();
            for (Edge entry : hop.entries()) {
                Meter ownMeter = entry instanceof AtEndpoint ? meter : null;
                OptionalInt number = ownMeter == null ? shared : OptionalInt.of(ownMeter.number());
                Rule rule = rule(circuit, cookie, hop, entry, layout.table(), number);
                if (rule != null) {
                    SwitchProgram here = entry instanceof AtEndpoint
                            ? new SwitchProgram(
                                    List.of(rule), List.of(), ownMeter == null ? List.of() : List.of(ownMeter))
                            : new SwitchProgram(List.of(), List.of(rule), List.of());
                    compiled.merge(hop.datapathId(), here, SwitchProgram::with);
                }
            }
        }
    }

    /** Returns the rule for frames of one entry; null: a port that it needs is unknown, or it leads nowhere. */
    private static @Nullable Rule rule(
            Circuit circuit, Cookie cookie, Hop hop, Edge entry, Table table, OptionalInt meter) {
        PortNumber in = circuit.enters(entry);
        if (in == null || hop.branches().isEmpty()) {
            return null;
        }
        List<Action> actions = new ArrayList<>(4);
        if (meter.isPresent()) {
            actions.add(new Action.ApplyMeter(meter.getAsInt()));
        }
        Label label = entry.label();
        for (Branch branch : hop.branches()) {
            Edge face = branch.first().edge();
            PortNumber out = circuit.leaves(face);
            if (out == null) {
                return null;
            }
            relabel(label, face.label(), actions);
            label = face.label();
            actions.add(new Action.Output(out));
        }
        return new Rule(
                cookie,
                entry.label() == null ? INGRESS_PRIORITY : LABEL_PRIORITY,
                new Match.AtPort(in, entry.label()),
                actions,
                table);
    }

    /** Returns the meter of the first branch that leads over a link with one: a rule can use only one meter. */
    private static OptionalInt linkMeter(Hop hop, Predicate<SwitchPort> metered) {
        for (Branch branch : hop.branches()) {
            if (branch.first().edge() instanceof Lane lane
                    && lane.outPort() != null
                    && metered.test(new SwitchPort(hop.datapathId(), lane.outPort()))) {
                return LinkMeter.of(lane.outPort());
            }
        }
        return OptionalInt.empty();
    }

    /** Changes the label. A VLAN tag is part of the frame and must be popped; a VNI is not, and is just replaced or dropped. */
    private static void relabel(@Nullable Label in, @Nullable Label out, List<Action> actions) {
        if (in != null && out != null && in.kind() == out.kind()) {
            actions.add(new Action.SwapLabel(out));
            return;
        }
        if (in != null && in.kind() == Label.LabelKind.VLAN) {
            actions.add(new Action.PopLabel());
        }
        if (out != null) {
            actions.add(new Action.PushLabel(out));
        }
    }

    private static @Nullable Meter meterOf(Route route) {
        Long bandwidthBits = route.bandwidthBits();
        Integer number = route.meter();
        return bandwidthBits == null || number == null ? null : meter(number, bandwidthBits);
    }
}
