package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.Outcome;
import io.vlink.path.allocation.Share;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The shares of best effort: the bandwidth that is not reserved, for each port that best effort leaves by. */
final class SharesTest {

    private static final long MEGABIT = 1_000_000;
    private static final Duration QUARANTINE = Duration.ofSeconds(2);

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
                .containsExactlyInAnyOrder(
                        world.sender("a", "c"), world.sender("c", "d"), world.sender("d", "c"), world.sender("c", "a"));
        assertThat(world.share("a", "c")).isEqualTo(new Share(world.sender("a", "c"), World.GIGABIT, 0));

        // When
        world.declare("reserved", VlinkRequest.ofTheGuide().bits(20 * MEGABIT)).act();

        // Then: its reverse path takes other links
        assertThat(world.share("a", "c").bestEffortBits()).isEqualTo(980 * MEGABIT);
        assertThat(world.share("c", "d").reservedBits()).isEqualTo(20 * MEGABIT);
        assertThat(world.share("c", "a").reservedBits()).isZero();
        assertThat(world.shares).doesNotContainKey(world.sender("d", "e"));
    }

    @Test
    void aShareIsWrittenWithTheDecisionThatNeedsIt() {
        Decisions made = world.declare("free", VlinkRequest.path("ac")).act();

        assertThat(made.made()).hasSize(1);
        assertThat(made.shares())
                .extracting(Share::port)
                .containsExactlyInAnyOrder(world.sender("a", "c"), world.sender("c", "a"));

        // When: it is lowered in the turn that reserves
        made = world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT))
                .act();

        // Then
        assertThat(made.made()).hasSize(1);
        assertThat(made.shares())
                .containsExactlyInAnyOrder(
                        new Share(world.sender("a", "c"), World.GIGABIT, 20 * MEGABIT),
                        new Share(world.sender("c", "a"), World.GIGABIT, 20 * MEGABIT));

        // When: another network comes that reserves nothing
        made = world.declare("also-free", VlinkRequest.path("ac")).act();

        // Then
        assertThat(made.shares()).isEmpty();
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
        assertThat(world.pass(QUARANTINE).act().unshared()).hasSize(2);
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
        assertThat(world.pass(QUARANTINE).act().unshared()).isEmpty();
    }

    @Test
    void anEditKeepsTheShareOfTheOldLinksUntilItIsGoneFromThere() {
        // Given
        world.declare("free", VlinkRequest.path("ab", "bd")).act();

        // When
        world.declare("free", VlinkRequest.path("ac", "cd")).act();

        // Then
        assertThat(world.decision("free").retiring()).hasSize(1);
        assertThat(world.shares).containsKeys(world.sender("a", "b"), world.sender("a", "c"));
        world.confirmRemoved("free").act();
        world.pass(QUARANTINE).act();
        assertThat(world.shares).containsKey(world.sender("a", "c")).doesNotContainKey(world.sender("a", "b"));
    }

    @Test
    void aChangedCapacityChangesTheShare() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(600 * MEGABIT)).act();

        // When
        world.editLink("link-ac", Edits.capacity(700 * MEGABIT)).act();
        assertThat(world.share("a", "c").bestEffortBits()).isEqualTo(100 * MEGABIT);
        assertThat(world.share("c", "a").bestEffortBits()).isEqualTo(400 * MEGABIT);

        // When: less than is reserved; nobody is evicted
        world.editLink("link-ac", Edits.capacity(500 * MEGABIT)).act();

        // Then
        assertThat(world.share("a", "c")).isEqualTo(new Share(world.sender("a", "c"), 500 * MEGABIT, 600 * MEGABIT));
        assertThat(world.share("a", "c").bestEffortBits()).isZero();
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
        assertThat(world.share("a", "c").capacityBits()).isEqualTo(300 * MEGABIT);
        world.withdrawLink("link-again").act();
        assertThat(world.share("a", "c").capacityBits()).isEqualTo(World.GIGABIT);
    }

    @Test
    void aLinkDeletedInUseKeepsItsShare() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();

        // When
        world.withdrawLink("link-ac").act();

        // Then
        assertThat(world.share("a", "c").capacityBits()).isEqualTo(World.GIGABIT);

        // When: the link is no longer known
        world.deleteLink("link-ac").act();

        // Then
        assertThat(world.shares).doesNotContainKey(world.sender("a", "c")).containsKey(world.sender("c", "a"));
    }

    @Test
    void aMovedLinkLeavesItsShareWhereItIsStillInUse() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();
        Share before = world.share("a", "c");

        // When: the link is moved to a missing port
        world.editLink("link-ac", laidTo("nowhere")).act();

        // Then
        assertThat(world.decision("free").current()).isNotNull();
        assertThat(before).isEqualTo(new Share(world.sender("a", "c"), World.GIGABIT, 20 * MEGABIT));
        assertThat(world.share("a", "c")).isEqualTo(before);
        world.restart();
        assertThat(world.share("a", "c")).isEqualTo(before);

        // When: the link's new capacity is all that is known of the wire
        world.editLink("link-ac", Edits.capacity(700 * MEGABIT)).act();

        // Then
        assertThat(world.share("a", "c")).isEqualTo(new Share(world.sender("a", "c"), 700 * MEGABIT, 20 * MEGABIT));
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
        assertThat(world.share("a", "c").capacityBits()).isEqualTo(300 * MEGABIT);
        world.withdrawLink("link-again").deleteLink("link-again").act();
        assertThat(world.share("a", "c").capacityBits()).isEqualTo(World.GIGABIT);
    }

    @Test
    void aPortKeepsItsShareWhileAnyoneSendsThere() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        SwitchPort old = world.sender("a", "c");

        // When: the link is moved to an existing port, and the vlink follows
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
        world.pass(QUARANTINE).act();
        assertThat(world.shares).containsKey(now).doesNotContainKey(old);
    }

    @Test
    void aNodeWithAnotherSwitchKeepsTheSharesOfTheOldOne() {
        // Given
        world.declare("free", VlinkRequest.path("ac", "cd")).act();
        world.declare("reserved", VlinkRequest.path("ac", "cd").bits(20 * MEGABIT))
                .act();
        Share before = world.share("c", "d");

        // When: the new switch is still unknown
        world.editNode("node-c", spec -> new NodeSpec(DatapathId.of("cc"), null, null, false))
                .act();

        // Then
        assertThat(world.share("c", "d")).isEqualTo(before);
        assertThat(before.reservedBits()).isEqualTo(20 * MEGABIT);
        world.restart();
        assertThat(world.share("c", "d")).isEqualTo(before);
    }

    @Test
    void aRenumberedPortTakesItsShareAlong() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();
        SwitchPort before = world.sender("a", "c");

        // When
        world.renumber("node-a", "to-c", 77).act();

        // Then: the remains at the old number have no share
        SwitchPort after = world.sender("a", "c");
        assertThat(after.port()).isEqualTo(PortNumber.of(77));
        assertThat(world.shares.get(after)).isEqualTo(new Share(after, World.GIGABIT, 20 * MEGABIT));
        world.confirmRemoved("free").act();
        world.confirmRemoved("reserved").act();
        assertThat(world.pass(QUARANTINE).shares).doesNotContainKey(before);
    }

    @Test
    void aRestartWritesAllSharesAgainAndFindsStrays() {
        // Given
        world.declare("free", VlinkRequest.path("ac")).act();
        world.declare("reserved", VlinkRequest.path("ac").bits(20 * MEGABIT)).act();
        Share right = world.share("a", "c");

        // When: one is stale, one is missing, one is a stray
        SwitchPort stray = world.sender("d", "e");
        world.shares.put(world.sender("a", "c"), new Share(world.sender("a", "c"), 1, 1));
        world.shares.remove(world.sender("c", "a"));
        world.shares.put(stray, new Share(stray, World.GIGABIT, 0));
        Decisions made = world.restart();

        // Then
        assertThat(made.made()).isEmpty();
        assertThat(world.share("a", "c")).isEqualTo(right);
        assertThat(world.shares).containsOnlyKeys(world.sender("a", "c"), world.sender("c", "a"));
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
        world.pass(QUARANTINE).act();
        assertThat(world.shares).isEmpty();
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
}
