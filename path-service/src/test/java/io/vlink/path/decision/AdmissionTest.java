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
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which networks get scarce resources, and which wait for them. */
final class AdmissionTest {

    private final World world = World.ofTheGuide();

    @Test
    void theFirstNetworkGetsTheLastMegabitAndTheSecondIsRefused() {
        world.declare("first", VlinkRequest.ofTheGuide().bits(600_000_000)).pass(Duration.ofSeconds(1));
        world.declare("second", VlinkRequest.ofTheGuide().bits(600_000_000)).act();

        assertThat(world.decision("first").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(reasons(world.decision("second"))).containsExactly("BandwidthExceeded");
    }

    @Test
    void theEarlierCreatedOfTwoSimultaneousNetworksIsFirst() {
        // Given: recorded in one order, read in the other
        World other = World.ofTheGuide();
        world.declare("b", VlinkRequest.ofTheGuide().bits(600_000_000));
        world.pass(Duration.ofMillis(1)).declare("a", VlinkRequest.ofTheGuide().bits(600_000_000));
        other.networks.putAll(world.networks);
        world.act();

        // When
        other.networks.forEach((name, network) -> other.take(network));
        other.act();

        // Then
        for (World each : List.of(world, other)) {
            assertThat(each.decision("b").outcome()).isEqualTo(Outcome.ADMITTED);
            assertThat(each.decision("a").outcome()).isEqualTo(Outcome.REFUSED);
        }
    }

    @Test
    void aRefusedNetworkIsAdmittedInTheTurnThatConfirmsARemoval() {
        // Given
        world.declare("first", VlinkRequest.ofTheGuide().bits(600_000_000)).act();
        world.declare("second", VlinkRequest.ofTheGuide().bits(600_000_000)).act();
        world.withdraw("first").act();
        assertThat(world.decision("second").outcome()).isEqualTo(Outcome.REFUSED);

        // When
        world.confirmRemoved("first");

        // Then
        assertThat(world.admitted("second").route(Direction.FORWARD).bandwidthBits())
                .isEqualTo(600_000_000);
    }

    @Test
    void theDirectionsOfACableAreReservedSeparately() {
        world.declare("there", VlinkRequest.path("ac").back("ca").bits(900_000_000));
        world.declare("back", VlinkRequest.path("ca").back("ac").bits(900_000_000));

        assertThat(world.admitted("there")).isNotNull();
        assertThat(world.admitted("back")).isNotNull();
    }

    @Test
    void bestEffortReservesNothing() {
        world.declare("full", VlinkRequest.path("ac").bits(World.GIGABIT));
        world.declare("besides", VlinkRequest.path("ac"));

        assertThat(world.admitted("besides").route(Direction.FORWARD).meter()).isNull();
    }

    @Test
    void aLoweredCapacityEvictsAndAdmitsNobody() {
        // Given
        world.declare("first", VlinkRequest.path("ac").bits(600_000_000)).act();

        // When
        world.editLink("link-ac", Edits.capacity(100_000_000));
        world.declare("second", VlinkRequest.path("ac").bits(1_000));

        // Then
        assertThat(world.decide("second").violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("0 bit/s free of 100 Mbit/s"));
        assertThat(world.decision("first").current()).isNotNull();
        world.declare("first", VlinkRequest.path("ac").bits(500_000_000));
        assertThat(world.admitted("first").route(Direction.FORWARD).bandwidthBits())
                .isEqualTo(500_000_000);
    }

    @Test
    void aRaisedCapacityAdmitsWaitingNetworksInOrderOfCreation() {
        // Given
        world.editLink("link-ac", Edits.capacity(1_000));
        for (String name : List.of("c", "b", "a")) {
            world.declare(name, VlinkRequest.path("ac").bits(400_000_000))
                    .pass(Duration.ofSeconds(1))
                    .act();
        }

        // When
        world.editLink("link-ac", Edits.capacity(World.GIGABIT)).act();

        // Then
        assertThat(world.decision("c").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("b").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("a").outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aNetworkThatNeedsMoreThanWasFreedIsNotRetried() {
        // Given
        world.declare("small", VlinkRequest.path("ac").bits(100_000_000)).act();
        world.declare("large", VlinkRequest.path("ac").bits(950_000_000)).act();
        world.declare("huge", VlinkRequest.path("ac").bits(2_000_000_000L)).act();

        // When
        world.withdraw("small").act();
        world.confirmRemoved("small").act();

        // Then
        assertThat(world.decision("large").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("huge").revision().step()).isEqualTo(1);
    }

    @Test
    void bandwidthFreedByAnEditAdmitsAnotherNetwork() {
        // Given
        world.declare("first", VlinkRequest.path("ac").bits(800_000_000)).act();
        world.declare("second", VlinkRequest.path("ac").bits(500_000_000)).act();

        // When
        world.declare("first", VlinkRequest.path("ac").bits(500_000_000)).act();

        // Then: as soon as the switches enforce the lower rate
        assertThat(world.decision("second").outcome()).isEqualTo(Outcome.REFUSED);
        world.confirmRemoved("first").act();
        assertThat(world.decision("second").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void aMoveReservesTheLargerOfOldAndNewOnSharedLinks() {
        // Given: 600M over c, then 500M over b; link-de is shared
        world.declare("moving", VlinkRequest.ofTheGuide().bits(600_000_000)).act();
        world.declare(
                        "moving",
                        VlinkRequest.path("ab", "bd", "de")
                                .back("ed", "db", "ba")
                                .bits(500_000_000))
                .act();
        assertThat(world.decision("moving").retiring()).hasSize(1);

        // When
        world.declare("over", VlinkRequest.path("de").bits(500_000_000));

        // Then
        assertThat(world.decide("over").violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("400 Mbit/s free"));
        world.confirmRemoved("moving");
        assertThat(world.admitted("over")).isNotNull();
    }

    @Test
    void aRefusalEndsWithItsLastReason() {
        // Given
        world.down("link-cd").declare("asked", VlinkRequest.ofTheGuide().nanos(500_000));
        assertThat(reasons(world.decide("asked"))).containsExactly("LinkDown", "LatencyExceeded");

        // When
        world.up("link-cd");
        assertThat(reasons(world.decide("asked"))).containsExactly("LatencyExceeded");
        world.measured("link-cd", 90_000);

        // Then
        assertThat(world.admitted("asked").route(Direction.FORWARD).latencyNanos())
                .isEqualTo(490_000);
    }

    @Test
    void aNetworkMayComeBeforeItsTopology() {
        // Given
        World late = new World();
        late.declare("early", VlinkRequest.path("ac", "cd"));
        assertThat(reasons(late.decide("early"))).contains("LinkUnknown", "NodeUnknown");

        // When
        late.cable("ac").act();
        assertThat(reasons(late.decision("early"))).contains("LinkUnknown");
        late.cable("cd");

        // Then
        assertThat(late.admitted("early").route(Direction.REVERSE).links()).containsExactly("link-dc", "link-ca");
    }

    @Test
    void aRefusedEditKeepsTheInstalledCircuit() {
        // Given
        world.declare("live", VlinkRequest.ofTheGuide().bits(100_000_000));
        Circuit before = world.admitted("live");

        // When
        world.declare("live", VlinkRequest.ofTheGuide().bits(2_000_000_000L));
        PathDecision refused = world.decide("live");

        // Then
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.revision().generation()).isEqualTo(2);
        assertThat(refused.current()).isEqualTo(before);
        assertThat(refused.retiring()).isEmpty();
        for (String link : List.of("link-ac", "link-cd", "link-de")) {
            world.editLink(link, Edits.capacity(3_000_000_000L));
        }
        Circuit after = world.admitted("live");
        assertThat(after.number()).isEqualTo(before.number());
        assertThat(after.route(Direction.FORWARD).bandwidthBits()).isEqualTo(2_000_000_000L);
        assertThat(after.generation()).isEqualTo(2);
    }

    @Test
    void theReasonsOfARefusalKeepTheirWordingAcrossARestart() {
        // Given: a latency that is known only while running
        world.measured("link-ac", 300_000).pass(Duration.ofSeconds(1)).measured("link-ac", 400_000);
        world.declare("slow", VlinkRequest.path("ac").nanos(1_000));
        List<Violation> before = world.decide("slow").violations();

        // When
        Decisions after = world.restart();

        // Then
        assertThat(after.made()).isEmpty();
        assertThat(before.getFirst().message()).contains("add up to 0.3 ms");
    }

    private static List<String> reasons(PathDecision decision) {
        return Objects.requireNonNull(decision).violations().stream()
                .map(Violation::reason)
                .distinct()
                .toList();
    }
}
