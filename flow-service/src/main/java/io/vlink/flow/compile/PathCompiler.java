package io.vlink.flow.compile;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a circuit to what each switch on it must hold, as {@code docs/pipeline.md} says: at the first hop a rule for
 * whatever comes from the workload's port, behind it one rule for each label.
 */
public final class PathCompiler {

    /** Of rules for frames that come from a workload: they match the port alone. */
    public static final int INGRESS_PRIORITY = 100;
    /** Of rules for frames that come over a link: they match port and label. */
    public static final int LABEL_PRIORITY = 200;

    private static final long BITS_PER_KBIT = 1000;
    /** A burst lasts 20 ms, a fiftieth of a second. */
    private static final long BURSTS_PER_SECOND = 50;
    /** Ten full frames: 1,500 bytes of payload, 14 of header, 4 of VLAN tag. */
    private static final long TEN_FRAMES_KBIT = Math.ceilDiv(10L * 1518 * 8, BITS_PER_KBIT);

    private static final long MAX_UINT32 = 0xffffffffL;

    private PathCompiler() {}

    /**
     * Compiles the rules and meters of a circuit. The rules of its first hops turn traffic to it. A rule that needs an unknown
     * port is left out; none is missing where the circuit is {@link Circuit#installable()}.
     *
     * @throws IllegalArgumentException if a hop lacks the label of a link
     */
    public static Map<DatapathId, SwitchProgram> compile(Circuit circuit) {
        Map<DatapathId, SwitchProgram> compiled = new HashMap<>();
        compile(circuit, Direction.FORWARD, compiled);
        compile(circuit, Direction.REVERSE, compiled);
        return compiled;
    }

    /** A meter that lets {@code bandwidthBits} bit/s pass, with bursts of 20 ms but at least ten full frames. */
    static Meter meter(int number, long bandwidthBits) {
        long rateKbps = Math.clamp(Math.ceilDiv(bandwidthBits, BITS_PER_KBIT), 1, MAX_UINT32);
        long burstKbits = Math.max(Math.ceilDiv(rateKbps, BURSTS_PER_SECOND), TEN_FRAMES_KBIT);
        return new Meter(number, rateKbps, burstKbits);
    }

    private static void compile(Circuit circuit, Direction direction, Map<DatapathId, SwitchProgram> compiled) {
        boolean forward = direction == Direction.FORWARD;
        Route route = forward ? circuit.forward() : circuit.reverse();
        PortNumber entry = (forward ? circuit.from() : circuit.to()).port();
        PortNumber exit = (forward ? circuit.to() : circuit.from()).port();
        Cookie cookie = Cookie.of(Cookie.Kind.FORWARDING, circuit.number(), direction);
        Meter meter = meterOf(route);
        for (Hop hop : route.hops()) {
            boolean first = hop.inLink() == null;
            PortNumber in = first ? entry : hop.inPort();
            PortNumber out = hop.outLink() == null ? exit : hop.outPort();
            if (in != null && out != null) {
                List<Rule> rule = List.of(rule(cookie, hop, in, out, first ? meter : null));
                SwitchProgram here = first
                        ? new SwitchProgram(rule, List.of(), meter == null ? List.of() : List.of(meter))
                        : new SwitchProgram(List.of(), rule, List.of());
                compiled.merge(hop.datapathId(), here, SwitchProgram::with);
            }
        }
    }

    private static Rule rule(Cookie cookie, Hop hop, PortNumber in, PortNumber out, @Nullable Meter meter) {
        Label inLabel = hop.inLink() == null ? null : known(hop.inLabel(), hop.inLink());
        Label outLabel = hop.outLink() == null ? null : known(hop.outLabel(), hop.outLink());
        List<Action> actions = new ArrayList<>(4);
        if (meter != null) {
            actions.add(new Action.Police(meter.number()));
        }
        relabel(inLabel, outLabel, actions);
        actions.add(new Action.Output(out));
        return new Rule(cookie, inLabel == null ? INGRESS_PRIORITY : LABEL_PRIORITY, new Match(in, inLabel), actions);
    }

    /** A VLAN tag is part of the frame and must come off; a VNI is not, and is just replaced or left behind. */
    private static void relabel(@Nullable Label in, @Nullable Label out, List<Action> actions) {
        if (in != null && out != null && in.kind() == out.kind()) {
            actions.add(new Action.SwapLabel(out));
            return;
        }
        if (in != null && in.kind() == Label.Kind.VLAN) {
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

    private static Label known(@Nullable Label label, String link) {
        if (label == null) {
            throw new IllegalArgumentException("The link %s is crossed without a label.".formatted(link));
        }
        return label;
    }
}
