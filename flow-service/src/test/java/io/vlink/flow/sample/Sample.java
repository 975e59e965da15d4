package io.vlink.flow.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Branch;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import io.vlink.events.reasons.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The guide's five nodes. Port n of a switch leads to the n-th letter of the alphabet (port 3 of node-a to node-c);
 * workloads are at ports above 10. Labels of circuit n are n * 100 + the place in the path, 50 more in reverse.
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

    /** Returns the port of any switch that leads to {@code node}. */
    public static PortNumber toward(char node) {
        return PortNumber.of(node - 'a' + 1);
    }

    public static Endpoint endpoint(char node, @Nullable String attachment, @Nullable Integer port) {
        return new Endpoint(node(node), dpid(node), attachment, port == null ? null : PortNumber.of(port));
    }

    /** Circuit 1 of the guide: a-c-d-e with 20 Mbit/s, back over e-d-b-a. */
    public static Circuit guide() {
        return circuit(1, 1, "acde", "edba", 20_000_000L);
    }

    /** Returns a circuit with VLAN labels, with ping at port 11 of its first node and pong at port 12 of its last. */
    public static Circuit circuit(
            long number, long generation, String forward, String reverse, @Nullable Long bandwidthBits) {
        return new Circuit(
                number,
                generation,
                List.of(
                        endpoint(forward.charAt(0), "ping", 11),
                        endpoint(forward.charAt(forward.length() - 1), "pong", 12)),
                List.of(
                        route(
                                Direction.FORWARD,
                                number * 100,
                                "first-path",
                                forward,
                                "",
                                bandwidthBits,
                                bandwidthBits == null ? null : (int) number),
                        route(Direction.REVERSE, number * 100 + 50, "second-path", reverse, "", null, null)));
    }

    /**
     * Returns one direction of a circuit.
     *
     * @param firstLabel label of the first link, if it is plain; the first VNI is a hundred times that
     * @param path letters of the nodes
     * @param vxlan letters of nodes before a VXLAN link
     */
    public static Route route(
            Direction direction,
            long firstLabel,
            @Nullable String name,
            String path,
            String vxlan,
            @Nullable Long bandwidthBits,
            @Nullable Integer meter) {
        List<Hop> hops = new ArrayList<>();
        int from = direction == Direction.FORWARD ? 0 : 1;
        Edge entry = new AtEndpoint(from);
        for (int i = 0; i + 1 < path.length(); i++) {
            char here = path.charAt(i);
            Lane lane = lane(here, path.charAt(i + 1), label(firstLabel, i, vxlan.indexOf(here) >= 0));
            hops.add(Hop.straight(node(here), dpid(here), entry, Face.working(lane, i + 1)));
            entry = lane;
        }
        char last = path.charAt(path.length() - 1);
        hops.add(Hop.straight(node(last), dpid(last), entry, Face.working(new AtEndpoint(1 - from), null)));
        return new Route(name, hops, bandwidthBits, 200_000L * (path.length() - 1), meter);
    }

    /**
     * Returns the guide's circuit with its link c-d protected forward: the detour c-a-b-d with labels 300 to 302 crosses a for the
     * second time and merges at d.
     */
    public static Circuit protectedGuide() {
        Circuit guide = circuit(1, 1, "acde", "edba", null);
        List<Hop> hops = new ArrayList<>(guide.route(Direction.FORWARD).hops());
        Lane toA = lane('c', 'a', new Label(Label.LabelKind.VLAN, 300));
        Lane toB = lane('a', 'b', new Label(Label.LabelKind.VLAN, 301));
        Lane toD = lane('b', 'd', new Label(Label.LabelKind.VLAN, 302));
        Hop c = hops.get(1);
        Hop d = hops.get(2);
        Branch turning = new Branch(List.of(c.branches().getFirst().first(), new Face(toA, 4, Role.DETOUR)));
        hops.set(1, new Hop(0, c.node(), c.datapathId(), c.entries(), List.of(turning)));
        hops.set(2, new Hop(0, d.node(), d.datapathId(), List.of(d.entries().getFirst(), toD), d.branches()));
        hops.add(new Hop(1, node('a'), dpid('a'), List.of(toA), List.of(Branch.of(new Face(toB, 5, Role.DETOUR)))));
        hops.add(new Hop(0, node('b'), dpid('b'), List.of(toB), List.of(Branch.of(new Face(toD, 2, Role.DETOUR)))));
        return guide.withRoutes(
                List.of(new Route("first-path", hops, null, 600_000, null), guide.route(Direction.REVERSE)));
    }

    /** Returns a lane on the link from one node to another. */
    public static Lane lane(char from, char to, Label label) {
        return new Lane("link-" + from + to, label, toward(to), null, toward(from), null);
    }

    private static Label label(long first, int place, boolean vxlan) {
        return vxlan
                ? new Label(Label.LabelKind.VNI, (int) (first * 100 + place))
                : new Label(Label.LabelKind.VLAN, (int) (first + place));
    }

    /** Returns the same circuit with other endpoints. */
    public static Circuit withEndpoints(Circuit circuit, Endpoint from, Endpoint to) {
        return circuit.withEndpoints(List.of(from, to));
    }

    /** Returns a decision for tests to complete. */
    public static Decision decision(long generation, long step) {
        return new Decision(
                new Revision(generation, step, 0), Outcome.ADMITTED, List.of(), null, List.of(), List.of(), List.of());
    }

    /** The variable parts of a decision. */
    public record Decision(
            Revision revision,
            Outcome outcome,
            List<Violation> violations,
            @Nullable Circuit current,
            List<CircuitRemoval> removing,
            List<Impairment> impairments,
            List<AttachmentState> attachments) {

        public Decision admitted(Circuit circuit) {
            return new Decision(revision, Outcome.ADMITTED, violations, circuit, removing, impairments, attachments);
        }

        public Decision refused(@Nullable Circuit serving, Violation... why) {
            return new Decision(revision, Outcome.REFUSED, List.of(why), serving, removing, impairments, attachments);
        }

        public Decision withdrawn() {
            return new Decision(revision, Outcome.WITHDRAWN, List.of(), null, removing, impairments, attachments);
        }

        public Decision removing(Circuit... circuits) {
            List<CircuitRemoval> removals = new ArrayList<>();
            for (Circuit circuit : circuits) {
                removals.add(new CircuitRemoval(circuit, START, false));
            }
            return new Decision(revision, outcome, violations, current, removals, impairments, attachments);
        }

        /** Adds circuits that are being removed. */
        public Decision removingAlso(CircuitRemoval removal) {
            List<CircuitRemoval> more = new ArrayList<>(removing);
            more.add(removal);
            return new Decision(revision, outcome, violations, current, more, impairments, attachments);
        }

        public Decision impaired(Impairment... by) {
            return new Decision(revision, outcome, violations, current, removing, List.of(by), attachments);
        }

        public Decision attachments(AttachmentState... states) {
            return new Decision(revision, outcome, violations, current, removing, impairments, List.of(states));
        }

        public PathDecision of(NetworkId id) {
            return new PathDecision(
                    id, revision, outcome, violations, current, removing, impairments, attachments, START);
        }

        public PathDecision made() {
            return of(ID);
        }
    }
}
