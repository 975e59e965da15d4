package io.vlink.networkapi.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Crossing;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.reasons.Violation;
import io.vlink.events.switches.Port;
import io.vlink.networkapi.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The working path of a network, hop by hop, with the counters of its rules as last read.
 *
 * @param generation generation of the network that the decision is about
 * @param outcome {@code admitted}, {@code refused}, {@code withdrawn}, or {@code pending} until it is decided
 * @param violations why it was refused; absent if it was not
 * @param circuit number of the circuit that is or will be installed; absent if there is none, as are both routes
 * @param retiring numbers of circuits that are being removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Path")
record ShownPath(
        long generation,
        String outcome,
        @Nullable List<Violation> violations,
        @Nullable Long circuit,
        @Nullable ShownRoute forward,
        @Nullable ShownRoute reverse,
        List<Long> retiring) {

    /** One direction. */
    record ShownRoute(
            @Nullable String name,
            List<String> nodes,
            List<String> links,
            @Nullable Long bandwidthBits,
            long latencyNanos,
            List<ShownHop> hops) {}

    /**
     * One switch crossed.
     *
     * @param inPort port where traffic enters; at the first hop, the attachment's port; absent while unknown
     * @param packets frames of this direction that entered this switch, when it was last read
     * @param droppedPackets frames dropped by the switch's meter since it was installed, because they exceeded the
     *     reserved bandwidth. Present only at the first hop of a policed direction, and only if the switch counts them
     * @param readAt when the counters were read; absent, as are packets and bytes, if the switch was not read yet
     */
    record ShownHop(
            String node,
            DatapathId datapathId,
            @Nullable PortNumber inPort,
            @Nullable String inPortName,
            @Nullable PortNumber outPort,
            @Nullable String outPortName,
            @Nullable Label inLabel,
            @Nullable Label outLabel,
            @Nullable String inLink,
            @Nullable String outLink,
            @Nullable Long packets,
            @Nullable Long bytes,
            @Nullable Long droppedPackets,
            @Nullable Long droppedBytes,
            @Nullable Instant readAt) {}

    static ShownPath pending(long generation) {
        return new ShownPath(generation, "pending", null, null, null, null, List.of());
    }

    static ShownPath of(PathDecision decision, View view) {
        String outcome =
                switch (decision.outcome()) {
                    case ADMITTED -> "admitted";
                    case REFUSED -> "refused";
                    case WITHDRAWN -> "withdrawn";
                };
        Circuit circuit = decision.current();
        return new ShownPath(
                decision.revision().generation(),
                outcome,
                decision.violations().isEmpty() ? null : decision.violations(),
                circuit == null ? null : circuit.number(),
                circuit == null ? null : new Look(view, decision.id(), circuit, Direction.FORWARD).route(),
                circuit == null ? null : new Look(view, decision.id(), circuit, Direction.REVERSE).route(),
                decision.retiring().stream()
                        .map(removal -> removal.circuit().number())
                        .toList());
    }

    /** Looks up one direction of a circuit in the view. */
    private record Look(View view, NetworkId network, Circuit circuit, Direction direction) {

        ShownRoute route() {
            Route route = circuit.route(direction);
            List<ShownHop> shown = new ArrayList<>();
            for (Crossing crossing : route.crossings()) {
                if (crossing.entry() != null && crossing.face() != null) {
                    shown.add(hop(crossing.hop(), crossing.entry(), crossing.face()));
                }
            }
            return new ShownRoute(
                    route.name(), route.nodes(), route.links(), route.bandwidthBits(), route.latencyNanos(), shown);
        }

        private ShownHop hop(Hop hop, Edge entry, Edge face) {
            PortNumber in = circuit.enters(entry);
            PortNumber out = circuit.leaves(face);
            RuleCounters read = view.counters(hop.datapathId(), network);
            List<RuleCounter> rules = read == null ? List.of() : of(hop, read);
            boolean counted = read != null && !rules.isEmpty();
            return new ShownHop(
                    hop.node(),
                    hop.datapathId(),
                    in,
                    nameOf(hop.datapathId(), in),
                    out,
                    nameOf(hop.datapathId(), out),
                    entry.label(),
                    face.label(),
                    entry.link(),
                    face.link(),
                    counted ? rules.stream().mapToLong(RuleCounter::packets).sum() : null,
                    counted ? rules.stream().mapToLong(RuleCounter::bytes).sum() : null,
                    sum(rules, RuleCounter::droppedPackets),
                    sum(rules, RuleCounter::droppedBytes),
                    counted && read != null ? read.readAt() : null);
        }

        /** Returns the sum of a counter; null if no rule has it. */
        private static @Nullable Long sum(List<RuleCounter> rules, Function<RuleCounter, @Nullable Long> counter) {
            return rules.stream()
                    .map(counter)
                    .flatMap(Stream::ofNullable)
                    .reduce(Long::sum)
                    .orElse(null);
        }

        private List<RuleCounter> of(Hop hop, RuleCounters read) {
            Cookie cookie = Cookie.of(Cookie.CookieKind.FORWARDING, circuit.number(), direction, hop.id());
            return read.rules().stream()
                    .filter(rule -> rule.cookie().equals(cookie))
                    .toList();
        }

        private @Nullable String nameOf(DatapathId datapathId, @Nullable PortNumber port) {
            return port == null
                    ? null
                    : view.ports().get(datapathId + "/" + port).map(Port::name).orElse(null);
        }
    }
}
