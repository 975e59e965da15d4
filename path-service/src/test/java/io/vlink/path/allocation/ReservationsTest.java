package io.vlink.path.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Branch;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Reservations of circuits on wires: of a route with detours, the working path and its largest detour, since one
 * failure happens at a time.
 */
class ReservationsTest {

    private static final long BITS = 20_000_000;

    @Test
    void twoDetoursOfOneWayReserveOnceOnASharedWire() {
        // Given: a-b-d works; a-c-b replaces a-b, and b-c-d replaces b-d: they share no wire except those of c
        Circuit circuit = circuit(route(
                BITS,
                hop('a', new AtEndpoint(0), working("ab/vlan:1", 1), detour("ac/vlan:2", 3)),
                hop(
                        'b',
                        List.of(lane("ab/vlan:1"), lane("cb/vlan:3")),
                        working("bd/vlan:1", 2),
                        detour("bc/vlan:4", 4)),
                hop('d', List.of(lane("bd/vlan:1"), lane("cd/vlan:5")), Face.working(new AtEndpoint(1), null)),
                hop('c', lane("ac/vlan:2"), detour("cb/vlan:3", 1)),
                new Hop(1, "node-c", switchOf('c'), List.of(lane("bc/vlan:4")), branch(detour("cd/vlan:5", 2)))));

        assertThat(Reservations.of(List.of(circuit)).values()).hasSize(12).containsOnly(BITS);
    }

    @Test
    void aDetourReservesBesideTheWorkingWayOnTheSameWire() {
        // Given: a-b works, and its detour uses the same wire under another label
        Circuit circuit = circuit(route(
                BITS,
                hop('a', new AtEndpoint(0), working("ab/vlan:1", 1), detour("ab/vlan:2", 1), detour("ab/vlan:3", 1)),
                hop(
                        'b',
                        List.of(lane("ab/vlan:1"), lane("ab/vlan:2"), lane("ab/vlan:3")),
                        Face.working(new AtEndpoint(1), null))));

        assertThat(Reservations.of(List.of(circuit)).values()).containsExactly(2 * BITS, 2 * BITS);
    }

    @Test
    void theLargestCircuitOfANetworkCounts() {
        Circuit small = circuit(straight(BITS));
        Circuit large = circuit(straight(3 * BITS));

        assertThat(Reservations.of(List.of(small, large, small)).values()).containsExactly(3 * BITS, 3 * BITS);
    }

    private static Route straight(long bits) {
        return route(
                bits,
                hop('a', new AtEndpoint(0), working("ab/vlan:1", 1)),
                hop('b', lane("ab/vlan:1"), Face.working(new AtEndpoint(1), null)));
    }

    private static Circuit circuit(Route route) {
        Endpoint endpoint = new Endpoint("node-a", switchOf('a'), null, null);
        return new Circuit(1, 1, List.of(endpoint, endpoint), List.of(route));
    }

    private static Route route(long bits, Hop... hops) {
        return new Route(null, Arrays.asList(hops), bits, 0, 1);
    }

    private static Hop hop(char node, Edge entry, Face... faces) {
        return hop(node, List.of(entry), faces);
    }

    private static Hop hop(char node, List<Edge> entries, Face... faces) {
        return new Hop(0, "node-" + node, switchOf(node), entries, branch(faces));
    }

    private static List<Branch> branch(Face... faces) {
        return List.of(new Branch(Arrays.asList(faces)));
    }

    private static DatapathId switchOf(char node) {
        return DatapathId.of(String.valueOf(node));
    }

    private static Face working(String lane, int next) {
        return Face.working(lane(lane), next);
    }

    private static Face detour(String lane, int next) {
        return new Face(lane(lane), next, Role.DETOUR);
    }

    /** Such as {@code ac/vlan:100}; port n of each switch leads to the n-th node. */
    private static Lane lane(String text) {
        char from = text.charAt(0);
        char to = text.charAt(1);
        return Lane.of("link-%s/=%d/=%d".formatted(text, to - 'a' + 1, from - 'a' + 1));
    }
}
