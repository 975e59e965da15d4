package io.vlink.events.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The structure of circuits, and its JSON form. */
class CircuitTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /**
     * The guide's a-c-d-e with the link c-d protected by a detour c-a-b-d, which crosses a a second time and merges at
     * d.
     */
    private static final Circuit PROTECTED = new Circuit(
            7,
            1,
            List.of(endpoint('a', 11L), endpoint('e', 12L)),
            List.of(
                    new Route(
                            null,
                            List.of(
                                    hop(0, 'a', List.of(new AtEndpoint(0)), working("ac/vlan:100", 1)),
                                    hop(
                                            0,
                                            'c',
                                            List.of(lane("ac/vlan:100")),
                                            working("cd/vlan:101", 2),
                                            detour("ca/vlan:300", 4)),
                                    hop(
                                            0,
                                            'd',
                                            List.of(lane("cd/vlan:101"), lane("bd/vlan:302")),
                                            working("de/vlan:102", 3)),
                                    hop(0, 'e', List.of(lane("de/vlan:102")), Face.working(new AtEndpoint(1), null)),
                                    hop(1, 'a', List.of(lane("ca/vlan:300")), detour("ab/vlan:301", 5)),
                                    hop(0, 'b', List.of(lane("ab/vlan:301")), detour("bd/vlan:302", 2))),
                            null,
                            600_000,
                            null),
                    new Route(
                            null,
                            List.of(
                                    hop(0, 'e', List.of(new AtEndpoint(1)), working("ed/vlan:150", 1)),
                                    hop(0, 'd', List.of(lane("ed/vlan:150")), working("da/vlan:151", 2)),
                                    hop(0, 'a', List.of(lane("da/vlan:151")), Face.working(new AtEndpoint(0), null))),
                            null,
                            400_000,
                            null)));

    @Test
    void statesEachFactOnceAndLeavesOutImpliedOnes() throws JsonProcessingException {
        assertThat(JSON.readTree(JSON.writeValueAsString(PROTECTED))).isEqualTo(JSON.readTree("""
                {"number":7,"generation":1,
                 "nodes":{"node-a":"000000000000000a","node-e":"000000000000000e","node-c":"000000000000000c",
                          "node-d":"000000000000000d","node-b":"000000000000000b"},
                 "ends":[{"node":"node-a","attachment":"w-a","port":11},{"node":"node-e","attachment":"w-e","port":12}],
                 "routes":[
                  {"hops":[
                    {"node":"node-a","from":0,"lane":"link-ac/vlan:100/to-c=3/to-a=1"},
                    {"node":"node-c","branches":[{"faces":[
                      {"lane":"link-cd/vlan:101/to-d=4/to-c=3"},
                      {"lane":"link-ca/vlan:300/to-a=1/to-c=3","next":4,"role":"detour"}]}]},
                    {"node":"node-d","lane":"link-de/vlan:102/to-e=5/to-d=4"},
                    {"node":"node-e","to":1},
                    {"id":1,"node":"node-a","branches":[{"faces":[
                      {"lane":"link-ab/vlan:301/to-b=2/to-a=1","role":"detour"}]}]},
                    {"node":"node-b","branches":[{"faces":[
                      {"lane":"link-bd/vlan:302/to-d=4/to-b=2","next":2,"role":"detour"}]}]}],
                   "latencyNanos":600000},
                  {"hops":[
                    {"node":"node-e","from":1,"lane":"link-ed/vlan:150/to-d=4/to-e=5"},
                    {"node":"node-d","lane":"link-da/vlan:151/to-a=1/to-d=4"},
                    {"node":"node-a","to":0}],
                   "latencyNanos":400000}]}"""));
    }

    @Test
    void readsWhatItWrites() throws JsonProcessingException {
        assertThat(JSON.readValue(JSON.writeValueAsString(PROTECTED), Circuit.class))
                .isEqualTo(PROTECTED);
    }

    /** The remains at renumbered ports: the sending side of one lane, the receiving side of another. */
    @Test
    void readsAndWritesTheRemainsOfACircuit() throws JsonProcessingException {
        // Given
        Lane sends = new Lane("link-ac", lane("ac/vlan:100").label(), PortNumber.of(3), null, null, null);
        Lane arrives = new Lane("link-ed", lane("ed/vlan:150").label(), null, null, PortNumber.of(5), null);
        Route sending = new Route(null, List.of(hop(0, 'a', List.of(), Face.working(sends, null))), null, 0, null);
        Route receiving = new Route(
                null, List.of(new Hop(0, "node-d", switchOf('d'), List.of(arrives), List.of())), null, 0, null);
        Circuit left =
                new Circuit(8, 1, List.of(endpoint('a', null), endpoint('e', null)), List.of(sending, receiving));

        // Then
        assertThat(JSON.readValue(JSON.writeValueAsString(left), Circuit.class)).isEqualTo(left);
        assertThat(left.sides())
                .extracting(side -> side.hop().node() + (side.sending() ? " sends " : " receives ") + side.port())
                .containsExactly("node-a sends 3", "node-d receives 5");
        assertThat(left.spans()).isEmpty();
        assertThat(left.routes().stream().flatMap(route -> route.crossings().stream()))
                .extracting(crossing -> crossing.hop().node())
                .containsExactly("node-a", "node-d");
    }

    @Test
    void distinguishesTheWorkingPathFromDetours() {
        // When
        Route forward = PROTECTED.route(Direction.FORWARD);

        // Then
        assertThat(forward.nodes()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(forward.links()).containsExactly("link-ac", "link-cd", "link-de");
        assertThat(forward.crossings())
                .extracting(crossing -> "%s %s %s"
                        .formatted(
                                crossing.hop().node(),
                                crossing.entry() instanceof Lane in ? in.link() : "in",
                                crossing.face() instanceof Lane out ? out.link() : "out"))
                .containsExactly(
                        "node-a in link-ac", "node-c link-ac link-cd", "node-d link-cd link-de", "node-e link-de out");
        assertThat(PROTECTED.links())
                .containsExactlyInAnyOrder(
                        "link-ac", "link-cd", "link-de", "link-ca", "link-ab", "link-bd", "link-ed", "link-da");
        assertThat(PROTECTED.installable()).isTrue();
    }

    @Test
    void listsALabelAtBothSidesOfEachLane() {
        assertThat(PROTECTED.route(Direction.FORWARD).sides())
                .extracting(side -> "%s %s %s %s %s"
                        .formatted(
                                side.hop().node().charAt(5),
                                side.sending() ? "sends" : "receives",
                                side.lane().label().value(),
                                side.port(),
                                side.role()))
                .containsExactly(
                        "a sends 100 3 WORKING",
                        "c receives 100 1 WORKING",
                        "c sends 101 4 WORKING",
                        "d receives 101 3 WORKING",
                        "c sends 300 1 DETOUR",
                        "a receives 300 3 DETOUR",
                        "d sends 102 5 WORKING",
                        "e receives 102 4 WORKING",
                        "a sends 301 2 DETOUR",
                        "b receives 301 1 DETOUR",
                        "b sends 302 4 DETOUR",
                        "d receives 302 2 DETOUR");
    }

    /** From each end, by any faces, frames reach the other end, and every hop is reached. */
    @Test
    void everyWayThroughItEndsAtTheOtherEnd() {
        for (Direction direction : Direction.values()) {
            Route route = PROTECTED.route(direction);
            List<Hop> reached = new ArrayList<>();
            follow(route, route.first(), reached, direction == Direction.FORWARD ? 1 : 0, 0);
            assertThat(reached).containsAll(route.hops());
        }
    }

    private static void follow(Route route, Hop hop, List<Hop> reached, int endpoint, int crossed) {
        assertThat(crossed)
                .as("switches crossed")
                .isLessThanOrEqualTo(route.hops().size());
        reached.add(hop);
        assertThat(hop.branches()).isNotEmpty();
        for (Branch branch : hop.branches()) {
            for (Face face : branch.faces()) {
                switch (face.edge()) {
                    case AtEndpoint at -> assertThat(at.endpoint()).isEqualTo(endpoint);
                    case Lane lane -> {
                        Hop beyond = route.hops().get(Objects.requireNonNull(face.next()));
                        assertThat(beyond.entries()).contains(lane);
                        follow(route, beyond, reached, endpoint, crossed + 1);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "to":2                                                    | The end 2 must be one of 2.
            "lane":"link-ab/vlan:1/=2/=1"                             | The hop 1 that link-ab/vlan:1/=2/=1 leads to must be one of 1.
            "branches":[{"faces":[]}]                                 | The faces of a branch must not be empty.
            "branches":[{"faces":[{}]}]                               | A face must have a lane, or lead to an end.
            "id":2048,"to":1                                          | The id (2048) of a hop must be between 0 and 2047.
            "lane":"link-ab/vlan:1/2/1"                               | The port (2) of the lane link-ab/vlan:1/2/1 must be a locator and a number, such as to-c=2.
            "lane":"link-ab/vlan:1"                                   | The lane (link-ab/vlan:1) must be a link, a label and two ports, such as link-ac/vlan:100/to-c=2/to-a=1.
            """)
    void refusesContradictoryRecords(String said, String why) {
        assertThatThrownBy(() -> JSON.readValue("""
                        {"number":1,"generation":1,"nodes":{"node-a":"a"},"ends":[{"node":"node-a"},{"node":"node-a"}],
                         "routes":[{"hops":[{"node":"node-a","from":0,%s}],"latencyNanos":0}]}""".formatted(said), Circuit.class))
                .hasMessageContaining(why);
    }

    @Test
    void refusesTwoIndistinguishableHopsInOneSwitch() {
        assertThatThrownBy(() -> new Route(
                        null,
                        List.of(
                                hop(0, 'a', List.of(new AtEndpoint(0)), working("ac/vlan:1", 1)),
                                hop(0, 'a', List.of(lane("ac/vlan:1")), Face.working(new AtEndpoint(1), null))),
                        null,
                        0,
                        null))
                .hasMessage(
                        "The switch 000000000000000a is crossed twice, at node-a and node-a, by hops with the id 0.");
    }

    @Test
    void refusesALaneThatIsNoEntryOfTheNextHop() {
        assertThatThrownBy(() -> new Route(
                        null,
                        List.of(
                                hop(0, 'a', List.of(new AtEndpoint(0)), working("ac/vlan:1", 1)),
                                hop(0, 'c', List.of(lane("ac/vlan:2")), Face.working(new AtEndpoint(1), null))),
                        null,
                        0,
                        null))
                .hasMessage("The lane link-ac/vlan:1/to-c=3/to-a=1 leads to node-c, where it is no entry.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link-ac/vlan:100/to-c=2/to-a=1",
                "link-ac/vni:16777215/=2/=1",
                "link-ac/vlan:1/to-c=/to-a=",
                "link-ac/vlan:1/=/=",
                "link-ac/vlan:1/a=b=2/4294967040=4294967040"
            })
    void readsALaneAsItIsPrinted(String text) {
        assertThat(Lane.of(text)).hasToString(text);
    }

    private static Endpoint endpoint(char node, @Nullable Long port) {
        return new Endpoint(
                "node-" + node,
                switchOf(node),
                port == null ? null : "w-" + node,
                port == null ? null : PortNumber.of(port));
    }

    private static DatapathId switchOf(char node) {
        return DatapathId.of(String.valueOf(node));
    }

    private static Hop hop(int id, char node, List<Edge> entries, Face... faces) {
        return new Hop(id, "node-" + node, switchOf(node), entries, List.of(new Branch(List.of(faces))));
    }

    private static Face working(String lane, int next) {
        return Face.working(lane(lane), next);
    }

    private static Face detour(String lane, int next) {
        return new Face(lane(lane), next, Role.DETOUR);
    }

    /** Returns a lane such as {@code ac/vlan:100}; port n of each switch leads to the n-th node. */
    private static Lane lane(String text) {
        char from = text.charAt(0);
        char to = text.charAt(1);
        return Lane.of("link-%s/to-%s=%d/to-%s=%d".formatted(text, to, to - 'a' + 1, from, from - 'a' + 1));
    }
}
