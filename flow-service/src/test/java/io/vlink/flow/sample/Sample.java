package io.vlink.flow.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.Violation;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.End;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Retiring;
import io.vlink.events.paths.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The guide's five nodes. Port n of a switch leads to the n-th letter of the alphabet (port 3 of node-a to node-c);
 * workloads are at ports above 10. Labels of circuit n are n * 100 + the place in the path, 50 more on the way back.
 */
public final class Sample {

    public static final NetworkId ID = new NetworkId("default", "default", "vlink-sample");
    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private Sample() {}

    public static DatapathId dpid(char node) {
        return new DatapathId(0xa + node - 'a');
    }

    public static String node(char node) {
        return "node-" + node;
    }

    /** The port of any switch that leads to {@code node}. */
    public static PortNumber toward(char node) {
        return PortNumber.of(node - 'a' + 1);
    }

    public static End end(char node, @Nullable String attachment, @Nullable Integer port) {
        return new End(node(node), dpid(node), attachment, port == null ? null : PortNumber.of(port));
    }

    /** Circuit 1 of the guide: a-c-d-e with 20 Mbit/s, back over e-d-b-a. */
    public static Circuit guide() {
        return circuit(1, 1, "acde", "edba", 20_000_000L);
    }

    /** A circuit of VLAN labels, with ping at port 11 of its first node and pong at port 12 of its last. */
    public static Circuit circuit(
            long number, long generation, String forward, String reverse, @Nullable Long bandwidthBits) {
        return new Circuit(
                number,
                generation,
                end(forward.charAt(0), "ping", 11),
                end(forward.charAt(forward.length() - 1), "pong", 12),
                route(
                        number * 100,
                        "first-path",
                        forward,
                        "",
                        bandwidthBits,
                        bandwidthBits == null ? null : (int) number),
                route(number * 100 + 50, "second-path", reverse, "", null, null));
    }

    /**
     * One direction.
     *
     * @param firstLabel that of the first link, where it is plain; the first VNI is a hundred times that
     * @param path letters of the nodes
     * @param vxlan letters of nodes before a VXLAN link
     */
    public static Route route(
            long firstLabel,
            @Nullable String name,
            String path,
            String vxlan,
            @Nullable Long bandwidthBits,
            @Nullable Integer meter) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < path.length(); i++) {
            char here = path.charAt(i);
            Character before = i == 0 ? null : path.charAt(i - 1);
            Character after = i == path.length() - 1 ? null : path.charAt(i + 1);
            hops.add(new Hop(
                    node(here),
                    dpid(here),
                    before == null ? null : "link-" + before + here,
                    before == null ? null : toward(before),
                    before == null ? null : label(firstLabel, i - 1, vxlan.indexOf(before) >= 0),
                    after == null ? null : "link-" + here + after,
                    after == null ? null : toward(after),
                    after == null ? null : label(firstLabel, i, vxlan.indexOf(here) >= 0)));
        }
        return new Route(name, hops, bandwidthBits, 200_000L * (path.length() - 1), meter);
    }

    private static Label label(long first, int place, boolean vxlan) {
        return vxlan
                ? new Label(Label.Kind.VNI, (int) (first * 100 + place))
                : new Label(Label.Kind.VLAN, (int) (first + place));
    }

    /** The same circuit with other ends. */
    public static Circuit withEnds(Circuit circuit, End from, End to) {
        return new Circuit(circuit.number(), circuit.generation(), from, to, circuit.forward(), circuit.reverse());
    }

    /** A decision, to be varied. */
    public static Decision decision(long generation, long step) {
        return new Decision(
                new Revision(generation, step, 0), Outcome.ADMITTED, List.of(), null, List.of(), List.of(), List.of());
    }

    /** What varies from decision to decision. */
    public record Decision(
            Revision revision,
            Outcome outcome,
            List<Violation> violations,
            @Nullable Circuit current,
            List<Retiring> retiring,
            List<Impairment> impairments,
            List<AttachmentState> attachments) {

        public Decision admitted(Circuit circuit) {
            return new Decision(revision, Outcome.ADMITTED, violations, circuit, retiring, impairments, attachments);
        }

        public Decision refused(@Nullable Circuit serving, Violation... why) {
            return new Decision(revision, Outcome.REFUSED, List.of(why), serving, retiring, impairments, attachments);
        }

        public Decision withdrawn() {
            return new Decision(revision, Outcome.WITHDRAWN, List.of(), null, retiring, impairments, attachments);
        }

        public Decision retiring(Circuit... circuits) {
            List<Retiring> leaving = new ArrayList<>();
            for (Circuit circuit : circuits) {
                leaving.add(new Retiring(circuit, START, false));
            }
            return new Decision(revision, outcome, violations, current, leaving, impairments, attachments);
        }

        /** With more that retires. */
        public Decision leaving(Retiring leaving) {
            List<Retiring> more = new ArrayList<>(retiring);
            more.add(leaving);
            return new Decision(revision, outcome, violations, current, more, impairments, attachments);
        }

        public Decision impaired(Impairment... by) {
            return new Decision(revision, outcome, violations, current, retiring, List.of(by), attachments);
        }

        public Decision attachments(AttachmentState... states) {
            return new Decision(revision, outcome, violations, current, retiring, impairments, List.of(states));
        }

        public PathDecision of(NetworkId id) {
            return new PathDecision(
                    id, revision, outcome, violations, current, retiring, impairments, attachments, START);
        }

        public PathDecision made() {
            return of(ID);
        }
    }
}
