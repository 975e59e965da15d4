package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.events.Direction;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The effects on live networks when links and nodes fail, slow down or disappear. */
final class LinkFailureTest {

    private final World world = World.ofTheGuide();

    @Test
    void anExplicitPathStaysInPlaceAndReportsTheLinkThatIsDown() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide());
        Circuit before = world.admitted("n");

        // When
        PathDecision down = world.down("link-cd").decide("n");

        // Then
        assertThat(down.outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(down.current()).isEqualTo(before);
        assertThat(down.impairments())
                .containsExactly(new Impairment(
                                "$.path.links[1]",
                                ImpairmentReason.LINK_DOWN,
                                "The link link-cd is down (PortDown): its port is down.")
                        .worded(
                                "The link link-cd is down (PortDown): its port is down (since 2026-11-23T12:00:00Z).",
                                world.now()));
        assertThat(world.restart().made()).isEmpty();
        assertThat(world.up("link-cd").decide("n").impairments()).isEmpty();
    }

    @Test
    void aFlapBetweenTwoTurnsLeadsToNoDecision() {
        world.declare("n", VlinkRequest.ofTheGuide()).act();

        world.down("link-cd").up("link-cd");

        assertThat(world.act().made()).isEmpty();
    }

    @Test
    void aMirroredLinkIsReportedAtTheFieldOfItsOpposite() {
        world.declare("n", VlinkRequest.path("ac", "cd")).act();

        assertThat(world.down("link-dc").decide("n").impairments())
                .singleElement()
                .satisfies(impairment -> assertThat(impairment.field()).isEqualTo("$.path.links[1]"));
    }

    @Test
    void removedLinksAndNodesAreReportedAndTrafficStays() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide());
        Circuit before = world.admitted("n");

        // When
        world.withdrawLink("link-cd").withdrawNode("node-b").act();

        // Then
        assertThat(World.bare(world.decision("n").impairments()))
                .extracting(Impairment::reason, Impairment::message)
                .containsExactly(
                        tuple(
                                "TopologyChanged",
                                "The link link-cd was deleted. Traffic stays where it was, since the path cannot follow: There is no link link-cd."),
                        tuple("TopologyChanged", "The node node-b was deleted."));

        // When
        world.deleteLink("link-cd").act();

        // Then
        assertThat(world.decision("n").current()).isEqualTo(before);
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void maintenanceIsReportedAndMovesNoCircuit() {
        world.declare("n", VlinkRequest.ofTheGuide());
        Circuit before = world.admitted("n");

        world.editLink("link-cd", Edits.maintenance(true)).editNode("node-b", Edits.nodeMaintenance(true));
        world.act();

        assertThat(reasons("n")).containsExactlyInAnyOrder("LinkMaintenance", "NodeMaintenance");
        assertThat(world.decision("n").current()).isEqualTo(before);
    }

    @Test
    void aComputedPathMovesAroundALinkThatIsDown() {
        // Given
        world.declare("n", VlinkRequest.computed("a", "e").bits(1_000_000)).attach("n", "ping", "node-a", "tap-1");
        Circuit before = world.admitted("n");
        assertThat(before.route(Direction.FORWARD).links()).containsExactly("link-ab", "link-bd", "link-de");

        // When
        PathDecision decision = world.down("link-bd").decide("n");

        // Then
        Circuit after = Objects.requireNonNull(decision.current());
        assertThat(after.route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd", "link-de");
        assertThat(after.route(Direction.REVERSE).links()).containsExactly("link-ed", "link-dc", "link-ca");
        assertThat(after.endpoints().getFirst()).isEqualTo(before.endpoints().getFirst());
        assertThat(decision.revision().generation()).isEqualTo(1);
        assertThat(decision.impairments()).isEmpty();
        assertThat(decision.retiring()).singleElement().satisfies(removal -> assertThat(removal.circuit())
                .isEqualTo(before));
        world.up("link-bd");
        assertThat(world.act().made()).isEmpty();
    }

    @Test
    void aComputedPathMovesOnceThereIsAnAlternative() {
        // Given
        world.declare("n", VlinkRequest.computed("a", "d").bits(800_000_000)).act();
        world.declare("in-the-way", VlinkRequest.path("ac").bits(500_000_000)).act();

        // When
        PathDecision stuck = world.down("link-bd").decide("n");
        assertThat(Objects.requireNonNull(stuck.current())
                        .route(Direction.FORWARD)
                        .links())
                .containsExactly("link-ab", "link-bd");
        assertThat(stuck.impairments().getFirst().reason()).isEqualTo("LinkDown");
        assertThat(world.restart().made()).isEmpty();
        world.withdraw("in-the-way").act();
        world.confirmRemoved("in-the-way");

        // Then
        assertThat(world.admitted("n").route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
        assertThat(world.decision("n").impairments()).isEmpty();
    }

    @Test
    void admissionUsesTheSmallestLatencyWithinTheWindow() {
        world.measured("link-ac", 100_000).pass(Duration.ofSeconds(30)).measured("link-ac", 900_000);
        world.declare("n", VlinkRequest.path("ac").backComputed().nanos(150_000));

        assertThat(world.admitted("n").route(Direction.FORWARD).latencyNanos()).isEqualTo(100_000);
    }

    @Test
    void aSlowerLinkIsReportedAfterTheWindowAndTheVlinkStays() {
        // Given
        world.measured("link-ac", 100_000)
                .declare("n", VlinkRequest.path("ac").backComputed().nanos(150_000))
                .act();
        Circuit before = world.admitted("n");

        // When
        world.pass(Duration.ofSeconds(1)).measured("link-ac", 900_000);
        Decisions first = world.act();
        assertThat(first.made()).isEmpty();
        assertThat(first.wakeAt()).isEqualTo(world.now().plusSeconds(60));
        world.pass(Duration.ofSeconds(60));

        // Then
        PathDecision slow = world.decide("n");
        assertThat(slow.current()).isEqualTo(before);
        assertThat(World.bare(slow.impairments()))
                .containsExactly(new Impairment(
                        "$.path.capabilities.latencyNanos",
                        ImpairmentReason.LATENCY_EXCEEDED,
                        "The latencies of the links add up to 0.9 ms now; at most 0.15 ms is allowed."));
        world.measured("link-ac", 910_000);
        assertThat(world.act().made()).isEmpty();
        world.pass(Duration.ofSeconds(61));
        assertThat(world.act().made()).isEmpty();
        assertThat(world.measured("link-ac", 120_000).decide("n").impairments()).isEmpty();
    }

    @Test
    void aRestartDoesNotMistakeNoiseForANewLatency() {
        // Given: 0.1 ms a while ago, 0.9 ms just now
        world.measured("link-ac", 100_000)
                .declare("n", VlinkRequest.path("ac").backComputed().nanos(150_000))
                .act();
        world.pass(Duration.ofSeconds(10)).measured("link-ac", 900_000).act();

        // When
        Decisions restarted = world.restart();

        // Then
        assertThat(restarted.made()).isEmpty();
        assertThat(restarted.wakeAt()).isEqualTo(world.now().plusSeconds(60));
        world.pass(Duration.ofSeconds(60)).act();
        assertThat(reasons("n")).containsExactly("LatencyExceeded");
    }

    @Test
    void aNetworkRefusedForLatencyIsAdmittedAfterASmallerMeasurement() {
        world.declare("n", VlinkRequest.path("ac").backComputed().nanos(150_000));
        assertThat(world.decide("n").outcome()).isEqualTo(Outcome.REFUSED);

        world.measured("link-ac", 100_000);

        assertThat(world.admitted("n")).isNotNull();
    }

    private List<String> reasons(String network) {
        return world.decision(network).impairments().stream()
                .map(Impairment::reason)
                .toList();
    }
}
