package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The bandwidth of a network that changes its rate, moves or is removed: it stays reserved until switches confirm the change. */
final class ReservedRatesTest {

    private static final long MEGABIT = 1_000_000;
    private static final Duration REST = Duration.ofSeconds(2);

    private final World world = World.ofTheGuide();

    @Test
    void aReservationIsGivenBackOnceItIsGoneFromTheSwitches() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();

        // When: it is being removed, but may still send
        world.withdraw("reserved").act();

        // Then
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(20 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(world.share("a", "c").reservedBits()).isZero();
    }

    @Test
    void aLoweredRateIsGivenBackOnceTheSwitchesEnforceIt() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(600 * MEGABIT)).act();
        long circuit = world.admitted("reserved").number();
        PathDecision before = world.decision("reserved");

        // When
        Decisions made = world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT))
                .act();

        // Then: the switches are informed, and nobody gets the bandwidth yet
        assertThat(world.admitted("reserved").number()).isEqualTo(circuit);
        assertThat(bits("reserved")).isEqualTo(20 * MEGABIT);
        assertThat(made.shares()).isEmpty();
        world.declare("waits", VlinkRequest.path("ac").bits(500 * MEGABIT)).act();
        assertThat(refusal("waits")).contains("400 Mbit/s free");
        world.restart();
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);

        // When: an earlier confirmation, which does not cover the new rate
        world.confirmRemoved(
                        "reserved",
                        before.revision(),
                        List.of(former("reserved").number()))
                .act();
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);

        // When
        world.confirmRemoved("reserved").act();

        // Then
        assertThat(world.decision("reserved").retiring()).isEmpty();
        assertThat(world.decision("waits").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(520 * MEGABIT);
    }

    @Test
    void aRateLoweredTwiceIsGivenBackOnceTheSecondIsConfirmed() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(600 * MEGABIT)).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(400 * MEGABIT)).act();
        PathDecision first = world.decision("reserved");
        long left = former("reserved").number();

        // When
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();
        world.confirmRemoved("reserved", first.revision(), List.of(left)).act();

        // Then: either rate may still be in the switches
        assertThat(world.decision("reserved").retiring()).hasSize(1);
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(20 * MEGABIT);
    }

    @Test
    void aRateRaisedBeforeTheLowerOneIsConfirmedIsAdmitted() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(900 * MEGABIT)).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();

        // When
        world.declare("reserved", VlinkRequest.path("ac").bits(900 * MEGABIT)).act();

        // Then
        assertThat(world.decision("reserved").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(900 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(900 * MEGABIT);
        assertThat(world.decision("reserved").retiring()).isEmpty();
    }

    @Test
    void aLoweredRateWithoutLinksLeavesNothingReserved() {
        world.declare("on-one", VlinkRequest.onOneNode("a").bits(20 * MEGABIT)).act();

        world.declare("on-one", VlinkRequest.onOneNode("a").bits(10 * MEGABIT)).act();

        assertThat(bits("on-one")).isEqualTo(10 * MEGABIT);
        assertThat(world.decision("on-one").retiring()).isEmpty();
    }

    @Test
    void aLoweredRateStaysReservedWhileTheCircuitMoves() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(600 * MEGABIT)).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();

        // When
        world.renumber("node-a", "to-c", 77).act();

        // Then
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);

        // When
        world.declare("reserved", VlinkRequest.path("ab", "bd").bits(20 * MEGABIT))
                .act();

        // Then
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(world.share("a", "c").reservedBits()).isZero();

        // When: the network is removed entirely
        world.withdraw("reserved").withdraw("free").act();
        world.confirmRemoved("reserved").confirmRemoved("free").act();
        world.deleteRecord("reserved").deleteRecord("free").pass(REST).act();

        // Then
        assertThat(world.isIdle()).isTrue();
    }

    @Test
    void aNetworkThatGetsAReservationIsNoLongerBestEffort() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();

        // When: another circuit, make-before-break
        world.declare("free", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();

        // Then
        assertThat(world.share("a", "c").reservedBits()).isEqualTo(20 * MEGABIT);
        world.confirmRemoved("free").act();
        world.pass(REST).act();
        assertThat(world.shares).isEmpty();
    }

    private String refusal(String network) {
        return world.decide(network).violations().getFirst().message();
    }

    private long bits(String network) {
        Circuit current = Objects.requireNonNull(world.decision(network).current());
        return Objects.requireNonNull(current.route(Direction.FORWARD).bandwidthBits());
    }

    /** Returns the last retiring circuit of a network. */
    private Circuit former(String network) {
        return world.decision(network).retiring().getLast().circuit();
    }
}
