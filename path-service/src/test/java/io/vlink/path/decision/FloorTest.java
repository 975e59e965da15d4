package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.PortLocator;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.paths.Outcome;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The floor: the bandwidth of a link that is kept for best effort. */
final class FloorTest {

    private static final long MEGABIT = 1_000_000;

    private final World world = World.ofTheGuide();

    @Test
    void theFloorCountsAsAReservation() {
        // Given
        world.editLink("link-ac", Edits.floor(300 * MEGABIT)).act();
        world.declare("first", VlinkRequest.path("ac").bits(500 * MEGABIT));
        assertThat(world.admitted("first")).isNotNull();

        // When
        world.declare("second", VlinkRequest.path("ac").bits(300 * MEGABIT));

        // Then
        assertThat(refusal("second"))
                .contains(
                        "The link link-ac has 200 Mbit/s free of 1 Gbit/s, of which 300 Mbit/s is kept for best effort; 300 Mbit/s is requested");
        assertThat(world.dryRun("third", VlinkRequest.path("ac").bits(200 * MEGABIT))
                        .outcome())
                .isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void aLoweredFloorAdmitsWaitingNetworksAndARaisedOneEvictsNobody() {
        // Given
        world.editLink("link-ac", Edits.floor(300 * MEGABIT));
        world.declare("waits", VlinkRequest.path("ac").bits(800 * MEGABIT)).act();
        assertThat(world.decision("waits").outcome()).isEqualTo(Outcome.REFUSED);

        // When
        world.editLink("link-ac", Edits.floor(200 * MEGABIT));

        // Then
        assertThat(world.admitted("waits")).isNotNull();
        world.editLink("link-ac", Edits.floor(900 * MEGABIT)).act();
        assertThat(world.decision("waits").outcome()).isEqualTo(Outcome.ADMITTED);
        world.declare("late", VlinkRequest.path("ac").bits(MEGABIT));
        assertThat(refusal("late")).contains("0 bit/s free of 1 Gbit/s, of which 900 Mbit/s is kept");
    }

    @Test
    void aWaitingNetworkGetsFreedBandwidthBesideTheFloor() {
        // Given
        world.editLink("link-ac", Edits.floor(300 * MEGABIT));
        world.editLink("link-ca", Edits.floor(300 * MEGABIT));
        world.declare("first", VlinkRequest.path("ac").bits(700 * MEGABIT)).act();
        world.declare("fits", VlinkRequest.path("ac").bits(700 * MEGABIT)).act();
        world.declare("too-much", VlinkRequest.path("ac").bits(800 * MEGABIT)).act();

        // When
        world.withdraw("first").act();
        world.confirmRemoved("first").act();

        // Then
        assertThat(world.decision("fits").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("too-much").revision().step()).isEqualTo(1);
    }

    @Test
    void aComputedPathGoesAroundAFloor() {
        // Given
        world.editLink("link-ab", Edits.floor(World.GIGABIT)).act();

        // When
        world.declare("found", VlinkRequest.computed("a", "d").bits(MEGABIT));

        // Then
        assertThat(world.admitted("found").route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
    }

    @Test
    void aLinkWithoutAFloorHasTheConfiguredOne() {
        // Given
        World strict = World.ofTheGuide(
                new PathSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60), 10));
        strict.editLink("link-cd", Edits.floor(0));
        strict.editLink("link-dc", Edits.floor(0)).act();

        // When
        strict.declare("ac", VlinkRequest.path("ac").bits(901 * MEGABIT));
        strict.declare("cd", VlinkRequest.path("cd").bits(World.GIGABIT)).act();

        // Then
        assertThat(strict.decision("ac").violations().getFirst().message())
                .contains("900 Mbit/s free of 1 Gbit/s, of which 100 Mbit/s is kept");
        assertThat(strict.decision("cd").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void theFloorOfEachLinkAtASharedPortIsKept() {
        // Given
        world.editLink("link-ac", Edits.floor(100 * MEGABIT));
        declareAgain(300 * MEGABIT, 100 * MEGABIT);
        world.declare("free", VlinkRequest.path("ac")).act();

        // When
        world.declare("much", VlinkRequest.path("ac").bits(600 * MEGABIT));

        // Then
        assertThat(refusal("much"))
                .contains(
                        "The link link-ac has 200 Mbit/s free of 1 Gbit/s, of which at most 200 Mbit/s may be reserved, since the link link-again begins at the same port; 600 Mbit/s is requested");
        assertThat(world.share("a", "c").bestEffortBits()).isEqualTo(300 * MEGABIT);
        world.declare("most", VlinkRequest.path("ac").bits(200 * MEGABIT));
        assertThat(world.admitted("most")).isNotNull();
        assertThat(world.share("a", "c").bestEffortBits()).isEqualTo(100 * MEGABIT);
        assertThat(world.dryRun("more", VlinkRequest.path("ac").bits(MEGABIT)).outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aComputedPathGoesAroundASharedPort() {
        declareAgain(300 * MEGABIT, 100 * MEGABIT);
        world.declare("found", VlinkRequest.computed("c", "a").backComputed().backBits(600 * MEGABIT));

        assertThat(world.admitted("found").route(Direction.REVERSE).links())
                .containsExactly("link-ab", "link-bd", "link-dc");
    }

    @Test
    void aNetworkThatWaitsForASharedPortGetsFreedBandwidth() {
        // Given
        declareAgain(300 * MEGABIT, 100 * MEGABIT);
        world.declare("first", VlinkRequest.path("ac").bits(200 * MEGABIT)).act();
        world.declare("waits", VlinkRequest.path("ac").bits(150 * MEGABIT)).act();
        assertThat(world.decision("first").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("waits").outcome()).isEqualTo(Outcome.REFUSED);

        // When
        world.withdraw("first").act();
        world.confirmRemoved("first").act();

        // Then
        assertThat(world.decision("waits").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void aNetworkThatWaitsForASharedPortIsRetriedWhenTheOtherLinkChanges() {
        // Given
        declareAgain(300 * MEGABIT, 100 * MEGABIT);
        world.declare("little", VlinkRequest.path("ac").bits(400 * MEGABIT)).act();
        world.declare("much", VlinkRequest.path("ac").bits(500 * MEGABIT)).act();
        assertThat(world.decision("little").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.decision("much").outcome()).isEqualTo(Outcome.REFUSED);

        // When
        world.editLink("link-again", Edits.capacity(600 * MEGABIT)).act();

        // Then
        assertThat(world.decision("little").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("much").outcome()).isEqualTo(Outcome.REFUSED);
        world.withdrawLink("link-again").act();
        assertThat(world.decision("much").outcome()).isEqualTo(Outcome.ADMITTED);

        // When: it comes back, and evicts nobody
        declareAgain(300 * MEGABIT, 100 * MEGABIT);
        world.act();

        // Then
        assertThat(world.decision("little").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("much").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    /** Declares another link, by number, at the sending port of link-ac. */
    private void declareAgain(long capacityBits, long floorBits) {
        LinkSpec spec = Objects.requireNonNull(world.links.get("link-ac")).spec();
        LinkEnd byNumber = new LinkEnd(
                "node-a", PortLocator.of(world.port("node-a", "to-c").value()));
        world.link(
                "link-again",
                new LinkSpec(byNumber, spec.to(), capacityBits, spec.latencyNanos(), spec.kind(), false, floorBits));
    }

    private String refusal(String network) {
        return world.decide(network).violations().getFirst().message();
    }
}
