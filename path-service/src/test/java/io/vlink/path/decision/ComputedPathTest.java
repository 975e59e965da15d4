package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Violation;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths without explicit links. */
final class ComputedPathTest {

    private final World world = World.ofTheGuide();

    @Test
    void takesTheLeastLatencyDespiteMoreHops() {
        world.cable("ae", Edits.latency(900_000));

        assertThat(links(VlinkRequest.computed("a", "e"))).hasSize(3);
    }

    @Test
    void takesTheFewestHopsAmongEqualLatencies() {
        world.cable("ae", Edits.latency(600_000));

        assertThat(links(VlinkRequest.computed("a", "e"))).containsExactly("link-ae");
    }

    @Test
    void takesTheFirstByNameAmongEqualHops() {
        assertThat(links(VlinkRequest.computed("a", "e"))).containsExactly("link-ab", "link-bd", "link-de");
        assertThat(links(VlinkRequest.computed("e", "a"))).containsExactly("link-ed", "link-db", "link-ba");
    }

    @Test
    void comparesNamesFromTheStart() {
        // Two ways from m to p: the first link decides, although the second would choose otherwise.
        world.cable("mo").cable("mn").cable("np").cable("op");

        assertThat(links(VlinkRequest.computed("m", "p"))).containsExactly("link-mn", "link-np");
        assertThat(links(VlinkRequest.computed("p", "m"))).containsExactly("link-pn", "link-nm");
    }

    @Test
    void prefersMeasuredToDeclaredLatency() {
        world.measured("link-ab", 300_000);

        assertThat(links(VlinkRequest.computed("a", "e"))).containsExactly("link-ac", "link-cd", "link-de");
    }

    @Test
    void avoidsLinksThatAreDownOrInMaintenanceOrFull() {
        // Given
        world.down("link-bd");
        assertThat(links(VlinkRequest.computed("a", "d"))).containsExactly("link-ac", "link-cd");

        // When
        world.up("link-bd").editNode("node-b", Edits.nodeMaintenance(true));
        assertThat(links(VlinkRequest.computed("a", "d"))).containsExactly("link-ac", "link-cd");

        // Then
        world.editNode("node-b", Edits.nodeMaintenance(false)).editLink("link-ab", Edits.capacity(1_000));
        assertThat(links(VlinkRequest.computed("a", "d").bits(2_000))).containsExactly("link-ac", "link-cd");
    }

    @Test
    void isMirroredAndRequiresAWayBack() {
        // Given
        world.down("link-ba");

        // When
        world.declare("both", VlinkRequest.computed("a", "d").bits(1_000_000));

        // Then
        Circuit circuit = world.admitted("both");
        assertThat(circuit.route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
        assertThat(circuit.route(Direction.REVERSE).links()).containsExactly("link-dc", "link-ca");
    }

    @Test
    void findsEachWayByItselfForAWayBackWithoutLinks() {
        // Given
        world.down("link-ba");

        // When
        world.declare("each", VlinkRequest.computed("a", "d").backComputed());

        // Then
        Circuit circuit = world.admitted("each");
        assertThat(circuit.route(Direction.FORWARD).links()).containsExactly("link-ab", "link-bd");
        assertThat(circuit.route(Direction.REVERSE).links()).containsExactly("link-dc", "link-ca");
    }

    @Test
    void isEmptyBetweenTwoEndpointsOnOneNode() {
        world.declare("local", VlinkRequest.computed("a", "a"));

        assertThat(world.admitted("local").route(Direction.FORWARD).nodes()).containsExactly("node-a");
    }

    @Test
    void reportsThatNoLinksLeadThere() {
        world.node("z");

        assertThat(refused(VlinkRequest.computed("a", "z")))
                .containsExactly(new Violation(
                        "$.path",
                        "PathNotFound",
                        "There is no path from node-a to node-z: no chain of links that have opposite links"
                                + " leads there."));
    }

    @Test
    void reportsTheLinksThatWouldBeNeeded() {
        world.down("link-de");

        assertThat(refused(VlinkRequest.computed("a", "e"))).singleElement().satisfies(violation -> assertThat(
                        violation.message())
                .contains("down or in maintenance", "the path with the fewest of those needs link-de"));
    }

    @Test
    void reportsTheBandwidthOfTheWidestPath() {
        world.editLink("link-ab", Edits.capacity(30_000_000)).editLink("link-ac", Edits.capacity(20_000_000));

        assertThat(refused(VlinkRequest.computed("a", "e").bits(50_000_000)))
                .containsExactly(new Violation(
                        "$.path",
                        "PathNotFound",
                        "There is no path from node-a to node-e: the widest path (link-ab, link-bd, link-de) has 30"
                                + " Mbit/s free; 50 Mbit/s is requested."));
    }

    @Test
    void reportsTheLatencyOfTheFastestPath() {
        assertThat(refused(VlinkRequest.computed("a", "e").nanos(599_999)))
                .containsExactly(new Violation(
                        "$.path",
                        "PathNotFound",
                        "There is no path from node-a to node-e: the fastest path that meets all other demands takes"
                                + " 0.6 ms (link-ab 0.2 ms, link-bd 0.2 ms, link-de 0.2 ms); at most 0.599999 ms is"
                                + " allowed."));
    }

    @Test
    void takesASlowerPathThereIfTheFastestIsTooSlowOnTheWayBack() {
        // Given: over b 0.1 ms there and 0.7 ms back, over c 0.4 ms both ways
        world.measured("link-ab", 50_000).measured("link-bd", 50_000);
        world.measured("link-db", 350_000).measured("link-ba", 350_000);

        // When
        world.declare("even", VlinkRequest.computed("a", "d").nanos(500_000));

        // Then
        assertThat(world.admitted("even").route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
        assertThat(refused(VlinkRequest.computed("a", "d").nanos(300_000)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message())
                        .contains("takes 0.4 ms on the way back (link-dc 0.2 ms, link-ca 0.2 ms); at most 0.3 ms"));
    }

    @Test
    void reportsAnUnknownEndpoint() {
        assertThat(refused(VlinkRequest.computed("a", "z")))
                .containsExactly(new Violation("$.path.toEndpoint", "NodeUnknown", "There is no node node-z."));
    }

    @Test
    void countsTheReservationOfTheOtherDirectionOnTheSameLink() {
        // Given: both directions must cross link-xy
        World narrow = new World();
        for (String link : List.of("ax", "ye", "ex", "ya")) {
            narrow.link(link, spec -> spec);
        }
        narrow.link("xy", Edits.capacity(10_000_000));

        // When
        narrow.declare(
                "narrow",
                VlinkRequest.path("ax", "xy", "ye")
                        .bits(6_000_000)
                        .backComputed()
                        .backBits(6_000_000));

        // Then
        assertThat(narrow.decide("narrow").violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("4 Mbit/s free"));
        narrow.declare(
                "narrow",
                VlinkRequest.path("ax", "xy", "ye")
                        .bits(6_000_000)
                        .backComputed()
                        .backBits(4_000_000));
        assertThat(narrow.admitted("narrow").route(Direction.REVERSE).links())
                .containsExactly("link-ex", "link-xy", "link-ya");
    }

    @Test
    void isTheSameForAnyOrderOfEarlierRecords() {
        // Given
        world.declare("one", VlinkRequest.computed("a", "e"));
        List<String> first = world.admitted("one").route(Direction.FORWARD).links();

        // When
        World other = new World();
        for (String cable : List.of("de", "cd", "bd", "ac", "ab")) {
            other.cable(cable);
        }
        other.declare("one", VlinkRequest.computed("a", "e"));

        // Then
        assertThat(other.admitted("one").route(Direction.FORWARD).links()).isEqualTo(first);
    }

    private List<String> links(VlinkRequest request) {
        String name = "computed-" + world.networks.size();
        return world.declare(name, request)
                .admitted(name)
                .route(Direction.FORWARD)
                .links();
    }

    private List<Violation> refused(VlinkRequest request) {
        PathDecision decision = world.declare("refused", request).decide("refused");
        assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.restart().made()).isEmpty();
        return World.bare(decision.violations());
    }
}
