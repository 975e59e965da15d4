package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.allocation.Share;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Shares of best effort, and the floor kept for it. */
final class SharesTest {

    private static final long MEGABIT = 1_000_000;
    private static final Duration REST = Duration.ofSeconds(2);

    private final World world = World.ofTheGuide();

    @Test
    void thereIsNoShareWithoutBestEffort() {
        world.declare("reserved", VlinkRequest.ofTheGuide().bits(20 * MEGABIT).backBits(10 * MEGABIT))
                .act();

        assertThat(world.shares).isEmpty();
    }

    @Test
    void bestEffortGetsTheUnreservedBandwidthOfEachLinkItUses() {
        // When
        world.declare("free", VlinkRequest.path("ac", "cd")).act();

        // Then: in both directions, and nowhere else
        assertThat(world.shares.keySet())
                .containsExactlyInAnyOrder(port("a", "c"), port("c", "d"), port("d", "c"), port("c", "a"));
        assertThat(share("a", "c")).isEqualTo(new Share(port("a", "c"), World.GIGABIT, 0));

        // When
        world.declare("reserved", VlinkRequest.ofTheGuide().bits(20 * MEGABIT)).act();

        // Then: its way back takes other links
        assertThat(share("a", "c").bestEffortBits()).isEqualTo(980 * MEGABIT);
        assertThat(share("c", "d").reservedBits()).isEqualTo(20 * MEGABIT);
        assertThat(share("c", "a").reservedBits()).isZero();
        assertThat(world.shares).doesNotContainKey(port("d", "e"));
    }

    @Test
    void aShareIsWrittenWithTheDecisionThatNeedsIt() {
        Decisions made = world.declare("free", VlinkRequest.path("ac")).act();

        assertThat(made.made()).hasSize(1);
        assertThat(made.shares()).extracting(Share::port).containsExactlyInAnyOrder(port("a", "c"), port("c", "a"));

        // When: it is lowered in the turn that reserves
        made = world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT))
                .act();

        // Then
        assertThat(made.made()).hasSize(1);
        assertThat(made.shares())
                .containsExactlyInAnyOrder(
                        new Share(port("a", "c"), World.GIGABIT, 20 * MEGABIT),
                        new Share(port("c", "a"), World.GIGABIT, 20 * MEGABIT));

        // When: another network comes that reserves nothing
        made = world.declare("also-free", VlinkRequest.path("ac")).act();

        // Then
        assertThat(made.shares()).isEmpty();
    }

    @Test
    void aReservationIsGivenBackOnceItIsGoneFromTheSwitches() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();

        // When: it is being removed, but may still send
        world.withdraw("reserved").act();

        // Then
        assertThat(share("a", "c").reservedBits()).isEqualTo(20 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(share("a", "c").reservedBits()).isZero();
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
        assertThat(share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);

        // When: an earlier confirmation, which does not cover the new rate
        world.confirmRemoved(
                        "reserved",
                        before.revision(),
                        List.of(former("reserved").number()))
                .act();
        assertThat(share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);

        // When
        world.confirmRemoved("reserved").act();

        // Then
        assertThat(world.decision("reserved").retiring()).isEmpty();
        assertThat(world.decision("waits").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(share("a", "c").reservedBits()).isEqualTo(520 * MEGABIT);
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
        assertThat(share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(share("a", "c").reservedBits()).isEqualTo(20 * MEGABIT);
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
        assertThat(share("a", "c").reservedBits()).isEqualTo(900 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(share("a", "c").reservedBits()).isEqualTo(900 * MEGABIT);
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
        assertThat(share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);

        // When
        world.declare("reserved", VlinkRequest.path("ab", "bd").bits(20 * MEGABIT))
                .act();

        // Then
        assertThat(share("a", "c").reservedBits()).isEqualTo(600 * MEGABIT);
        world.confirmRemoved("reserved").act();
        assertThat(share("a", "c").reservedBits()).isZero();

        // When: the network is removed entirely
        world.withdraw("reserved").withdraw("free").act();
        world.confirmRemoved("reserved").confirmRemoved("free").act();
        world.deleteRecord("reserved").deleteRecord("free").pass(REST).act();

        // Then
        assertThat(world.isIdle()).isTrue();
    }

    @Test
    void aShareEndsWithTheQuarantineOfTheLastBestEffort() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("also-free", VlinkRequest.path("ac")).act();

        // When
        world.withdraw("free").withdraw("also-free").act();

        // Then: while anything may be in a switch
        assertThat(world.shares).hasSize(2);
        world.confirmRemoved("free").act();
        world.confirmRemoved("also-free").act();
        assertThat(world.shares).hasSize(2);
        assertThat(world.pass(REST).act().unshared()).hasSize(2);
        assertThat(world.shares).isEmpty();
    }

    @Test
    void aSuccessorLeavesTheShareUnchanged() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.withdraw("free").act();
        world.confirmRemoved("free").act();

        // When
        Decisions made = world.declare("next", VlinkRequest.path("ac")).act();

        // Then
        assertThat(made.made()).hasSize(1);
        assertThat(made.shares()).isEmpty();
        assertThat(made.unshared()).isEmpty();
        assertThat(world.pass(REST).act().unshared()).isEmpty();
    }

    @Test
    void anEditKeepsTheShareOfTheOldLinksUntilItIsGoneFromThere() {
        // Given
        world.declare("free", VlinkRequest.path("ab", "bd")).act();

        // When
        world.declare("free", VlinkRequest.path("ac", "cd")).act();

        // Then
        assertThat(world.decision("free").retiring()).hasSize(1);
        assertThat(world.shares).containsKeys(port("a", "b"), port("a", "c"));
        world.confirmRemoved("free").act();
        world.pass(REST).act();
        assertThat(world.shares).containsKey(port("a", "c")).doesNotContainKey(port("a", "b"));
    }

    @Test
    void aNetworkThatGetsAReservationIsNoLongerBestEffort() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();

        // When: another circuit, make-before-break
        world.declare("free", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();

        // Then
        assertThat(share("a", "c").reservedBits()).isEqualTo(20 * MEGABIT);
        world.confirmRemoved("free").act();
        world.pass(REST).act();
        assertThat(world.shares).isEmpty();
    }

    @Test
    void aChangedCapacityChangesTheShare() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(600 * MEGABIT)).act();

        // When
        world.editLink("link-ac", Edits.capacity(700 * MEGABIT)).act();
        assertThat(share("a", "c").bestEffortBits()).isEqualTo(100 * MEGABIT);
        assertThat(share("c", "a").bestEffortBits()).isEqualTo(400 * MEGABIT);

        // When: less than is reserved; nobody is evicted
        world.editLink("link-ac", Edits.capacity(500 * MEGABIT)).act();

        // Then
        assertThat(share("a", "c")).isEqualTo(new Share(port("a", "c"), 500 * MEGABIT, 600 * MEGABIT));
        assertThat(share("a", "c").bestEffortBits()).isZero();
        assertThat(world.decision("reserved").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void theSmallestCapacityOfSeveralLinksAtOnePortCounts() {
        // Given: declared twice, by name and by number
        LinkSpec spec = Objects.requireNonNull(world.links.get("link-ac")).spec();
        LinkEnd byNumber = new LinkEnd(
                "node-a", PortLocator.of(world.port("node-a", "to-c").value()));
        world.declare("free", VlinkRequest.path("ac")).act();

        // When
        world.link(
                "link-again",
                new LinkSpec(byNumber, spec.to(), 300 * MEGABIT, spec.latencyNanos(), spec.kind(), false));
        world.act();

        // Then
        assertThat(share("a", "c").capacityBits()).isEqualTo(300 * MEGABIT);
        world.withdrawLink("link-again").act();
        assertThat(share("a", "c").capacityBits()).isEqualTo(World.GIGABIT);
    }

    @Test
    void aLinkDeletedInUseKeepsItsShare() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();

        // When
        world.withdrawLink("link-ac").act();

        // Then
        assertThat(share("a", "c").capacityBits()).isEqualTo(World.GIGABIT);

        // When: the link is no longer known
        world.deleteLink("link-ac").act();

        // Then
        assertThat(world.shares).doesNotContainKey(port("a", "c")).containsKey(port("c", "a"));
    }

    @Test
    void aMovedLinkLeavesItsShareWhereItIsStillInUse() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();
        Share before = share("a", "c");

        // When: to a missing port
        world.editLink("link-ac", laidTo("nowhere")).act();

        // Then
        assertThat(world.decision("free").current()).isNotNull();
        assertThat(before).isEqualTo(new Share(port("a", "c"), World.GIGABIT, 20 * MEGABIT));
        assertThat(share("a", "c")).isEqualTo(before);
        world.restart();
        assertThat(share("a", "c")).isEqualTo(before);

        // When: the link's new capacity is all that is known of the wire
        world.editLink("link-ac", Edits.capacity(700 * MEGABIT)).act();

        // Then
        assertThat(share("a", "c")).isEqualTo(new Share(port("a", "c"), 700 * MEGABIT, 20 * MEGABIT));
    }

    @Test
    void theCapacityOfANewLinkAtTheOldPortCounts() {
        // Given
        LinkSpec spec = Objects.requireNonNull(world.links.get("link-ac")).spec();
        world.declare("free", VlinkRequest.path("ac")).act();
        world.editLink("link-ac", laidTo("nowhere")).act();

        // When
        world.link(
                "link-again",
                new LinkSpec(spec.from(), spec.to(), 300 * MEGABIT, spec.latencyNanos(), spec.kind(), false));
        world.act();

        // Then
        assertThat(share("a", "c").capacityBits()).isEqualTo(300 * MEGABIT);
        world.withdrawLink("link-again").deleteLink("link-again").act();
        assertThat(share("a", "c").capacityBits()).isEqualTo(World.GIGABIT);
    }

    @Test
    void aPortKeepsItsShareWhileAnyoneSendsThere() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        SwitchPort old = port("a", "c");

        // When: to an existing port, and the vlink follows
        world.port("node-a", "new");
        LinkEnd end = new LinkEnd("node-a", PortLocator.of("new"));
        world.editLink("link-ac", laidTo("new"));
        world.editLink("link-ca", spec -> new LinkSpec(spec.from(), end, World.GIGABIT, 200_000, spec.kind(), false))
                .act();
        SwitchPort now = new SwitchPort(World.switchOf("node-a"), world.port("node-a", "new"));
        assertThat(world.decision("free").retiring()).hasSize(1);

        // Then
        assertThat(world.shares).containsKeys(old, now);
        world.confirmRemoved("free").act();
        assertThat(world.shares).containsKeys(old, now);
        world.pass(REST).act();
        assertThat(world.shares).containsKey(now).doesNotContainKey(old);
    }

    @Test
    void aNodeWithAnotherSwitchKeepsTheSharesOfTheOldOne() {
        // Given
        world.declare("free", VlinkRequest.path("ac", "cd")).act();
        world.declare("reserved", VlinkRequest.path("ac", "cd").bits(20 * MEGABIT))
                .act();
        Share before = share("c", "d");

        // When: the new switch is still unknown
        world.editNode("node-c", spec -> new NodeSpec(DatapathId.of("cc"), null, null, false))
                .act();

        // Then
        assertThat(share("c", "d")).isEqualTo(before);
        assertThat(before.reservedBits()).isEqualTo(20 * MEGABIT);
        world.restart();
        assertThat(share("c", "d")).isEqualTo(before);
    }

    @Test
    void aRenumberedPortTakesItsShareAlong() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();
        SwitchPort before = port("a", "c");

        // When
        world.renumber("node-a", "to-c", 77).act();

        // Then: the remains at the old number have no share
        SwitchPort after = port("a", "c");
        assertThat(after.port()).isEqualTo(PortNumber.of(77));
        assertThat(world.shares.get(after)).isEqualTo(new Share(after, World.GIGABIT, 20 * MEGABIT));
        world.confirmRemoved("free").act();
        world.confirmRemoved("reserved").act();
        assertThat(world.pass(REST).shares).doesNotContainKey(before);
    }

    @Test
    void aRestartWritesAllSharesAgainAndFindsStrays() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();
        Share right = share("a", "c");

        // When: one is stale, one is missing, one is a stray
        SwitchPort stray = port("d", "e");
        world.shares.put(port("a", "c"), new Share(port("a", "c"), 1, 1));
        world.shares.remove(port("c", "a"));
        world.shares.put(stray, new Share(stray, World.GIGABIT, 0));
        Decisions made = world.restart();

        // Then
        assertThat(made.made()).isEmpty();
        assertThat(share("a", "c")).isEqualTo(right);
        assertThat(world.shares).containsOnlyKeys(port("a", "c"), port("c", "a"));
    }

    @Test
    void aRestartKnowsTheQuarantine() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.withdraw("free").act();
        world.confirmRemoved("free").act();

        // When
        world.restart();

        // Then
        assertThat(world.shares).hasSize(2);
        world.pass(REST).act();
        assertThat(world.shares).isEmpty();
    }

    // ---- the floor

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
        assertThat(world.forecast("third", VlinkRequest.path("ac").bits(200 * MEGABIT))
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
        assertThat(share("a", "c").bestEffortBits()).isEqualTo(300 * MEGABIT);
        world.declare("most", VlinkRequest.path("ac").bits(200 * MEGABIT));
        assertThat(world.admitted("most")).isNotNull();
        assertThat(share("a", "c").bestEffortBits()).isEqualTo(100 * MEGABIT);
        assertThat(world.forecast("more", VlinkRequest.path("ac").bits(MEGABIT)).outcome())
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

    private static UnaryOperator<LinkSpec> laidTo(String port) {
        return spec -> new LinkSpec(
                new LinkEnd(spec.from().node(), PortLocator.of(port)),
                spec.to(),
                spec.capacityBits(),
                spec.latencyNanos(),
                spec.kind(),
                spec.maintenance());
    }

    private String refusal(String network) {
        return world.decide(network).violations().getFirst().message();
    }

    private Share share(String from, String to) {
        return Objects.requireNonNull(world.shares.get(port(from, to)));
    }

    private SwitchPort port(String from, String to) {
        return new SwitchPort(World.switchOf("node-" + from), world.port("node-" + from, "to-" + to));
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
