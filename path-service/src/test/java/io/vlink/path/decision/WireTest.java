package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.LiveVlink;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import org.junit.jupiter.api.Test;

/** A wire has one owner, even if it has links of several names: labels and bandwidth belong to the ports at its sides. */
final class WireTest {

    private final World world = LiveVlink.world();
    private final Circuit before = world.admitted("live");

    @Test
    void aLinkRedeclaredUnderAnotherNameIsTheSameWire() {
        // Given
        LinkSpec spec = world.spec("link-cd");
        world.withdrawLink("link-cd").deleteLink("link-cd").act();
        assertThat(world.restart().made()).isEmpty();

        // When
        world.link("link-cd2", spec).declare("other", VlinkRequest.path("cd2").back("dc"));
        world.declare("greedy", VlinkRequest.path("cd2").back("dc").bits(LiveVlink.MOST));

        // Then
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(labelAt(before, "node-d"));
        assertThat(world.decision("live").current()).isEqualTo(before);
        PathDecision refused = world.decide("greedy");
        assertThat(World.bare(refused.violations())).singleElement().satisfies(violation -> assertThat(
                        violation.message())
                .isEqualTo("The link link-cd2 has 200 Mbit/s free of 1 Gbit/s; 800 Mbit/s is requested."));
        world.withdraw("live").act();
        world.confirmRemoved("live");
        assertThat(world.decide("greedy").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void theOldCableOfAMovedLinkIsTheSameWireUnderANewName() {
        // Given: the link now leads over other ports, which are still missing
        LinkSpec old = world.spec("link-cd");
        world.editLink("link-cd", spec -> Edits.at(spec, Edits.end("node-c", "to-d2"), Edits.end("node-d", "to-c2")))
                .act();
        assertThat(world.decision("live").current()).isEqualTo(before);

        // When
        world.link("link-cd3", old).declare("other", VlinkRequest.path("cd3").back("dc"));

        // Then
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(labelAt(before, "node-d"));
        world.declare("greedy", VlinkRequest.path("cd3").back("dc").bits(LiveVlink.MOST));
        assertThat(world.decide("greedy").violations().getFirst().reason()).isEqualTo("BandwidthExceeded");
    }

    @Test
    void aCableDeclaredTwiceByNameAndByNumberIsOneWire() {
        world.link("link-cd4", byNumber("link-cd"))
                .declare("other", VlinkRequest.path("cd4").back("dc"));
        world.declare("greedy", VlinkRequest.path("cd4").back("dc").bits(LiveVlink.MOST));

        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(labelAt(before, "node-d"));
        assertThat(world.decide("greedy").violations().getFirst().reason()).isEqualTo("BandwidthExceeded");
    }

    @Test
    void aPathOverOneWireUnderTwoNamesNeedsTwiceTheBandwidth() {
        world.link("link-ab2", byNumber("link-ab"));

        world.declare(
                "both", VlinkRequest.path("ab").bits(600_000_000).back("ba").backBits(1_000));
        assertThat(world.decide("both").outcome()).isEqualTo(Outcome.ADMITTED);
        world.declare("more", VlinkRequest.path("ab2").back("ba").bits(600_000_000));
        assertThat(world.decide("more").violations().getFirst().reason()).isEqualTo("BandwidthExceeded");
    }

    @Test
    void aCircuitPastItsRemovalDeadlineHoldsItsWireUnderAnyName() {
        // Given
        LinkSpec spec = world.spec("link-cd");
        world.withdraw("live").act();
        world.pass(World.SETTINGS.removalDeadline()).act();
        world.deleteRecord("live").act();
        world.deleteLink("link-cd").act();
        world.restart();

        // When
        world.link("link-cd2", spec).declare("other", VlinkRequest.path("cd2").back("dc"));

        // Then
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(labelAt(before, "node-d"));
    }

    @Test
    void aCircuitInQuarantineHoldsItsWireUnderAnyName() {
        // Given
        LinkSpec spec = world.spec("link-cd");
        world.withdraw("live").act();
        world.confirmRemoved("live").act();
        world.deleteLink("link-cd").act();
        world.restart();

        // When
        world.link("link-cd2", spec).declare("other", VlinkRequest.path("cd2").back("dc"));

        // Then
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(labelAt(before, "node-d"));
    }

    @Test
    void aRenumberedPortIsFollowedAndTheOldOneIsHeldUntilItIsGone() {
        // When
        Label label = labelAt(before, "node-d");
        long was = LiveVlink.portAt(before, "node-d").value();
        world.renumber("node-d", "to-c", 77);
        Circuit after = world.admitted("live");

        // Then
        assertThat(after.number()).isEqualTo(before.number());
        assertThat(LiveVlink.portAt(after, "node-d").value()).isEqualTo(77);
        assertThat(labelAt(after, "node-d")).isEqualTo(label);
        assertThat(world.restart().made()).isEmpty();

        // And: a new cable gets the old number
        world.port("node-d", was, "newcomer", true).port("node-c", 78, "newcomer", true);
        world.link(
                "link-cd5",
                Edits.at(world.spec("link-cd"), Edits.end("node-c", "newcomer"), Edits.end("node-d", "newcomer")));
        world.declare("other", VlinkRequest.path("cd5").back("dc"));
        assertThat(LiveVlink.portAt(world.admitted("other"), "node-d").value()).isEqualTo(was);
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(label);
        world.confirmRemoved("live").act();
        world.pass(World.SETTINGS.labelQuarantine()).act();
        world.declare("next", VlinkRequest.path("cd5").back("dc"));
        assertThat(labelAt(world.admitted("next"), "node-d")).isEqualTo(label);
        assertThat(world.decision("live").retiring()).isEmpty();
    }

    @Test
    void aPortThatReturnsWithItsNumberKeepsItsLabel() {
        // Given
        long number = LiveVlink.portAt(before, "node-d").value();
        for (boolean confirmed : new boolean[] {false, true, false}) {
            // When
            world.port("node-d", number, "to-c", false).act();
            if (confirmed) {
                world.confirmRemoved("live").act();
            }
            world.port("node-d", number, "to-c", true).act();

            // Then
            assertThat(world.decision("live").current()).isEqualTo(before);
            assertThat(world.restart().made()).isEmpty();
        }
        assertThat(world.decision("live").retiring()).hasSizeLessThanOrEqualTo(1);

        // When
        world.confirmRemoved("live").act();
        world.pass(World.SETTINGS.labelQuarantine()).act();

        // Then
        assertThat(world.decision("live").retiring()).isEmpty();
    }

    @Test
    void theLaterOfTwoCircuitsThatMeetAtOnePortGetsAnotherLabel() {
        // Given: another cable between the same switches, with the same label on it
        world.link("link-cd5", Edits.at(world.spec("link-cd"), Edits.end("node-c", "new"), Edits.end("node-d", "new")));
        world.declare("other", VlinkRequest.path("cd5").back("dc"))
                .attach("other", "w", "node-c", "tap-1")
                .attach("other", "w2", "node-d", "tap-1");
        Circuit other = world.admitted("other");
        assertThat(labelAt(other, "node-d")).isEqualTo(labelAt(before, "node-d"));
        long there = LiveVlink.portAt(other, "node-d").value();

        // When: its port is removed, and that of link-cd gets the number
        world.port("node-d", there, "new", false).act();
        world.renumber("node-d", "to-c", there).act();

        // Then
        Circuit after = world.admitted("live");
        assertThat(LiveVlink.portAt(after, "node-d").value()).isEqualTo(there);
        assertThat(labelAt(after, "node-d")).isNotEqualTo(labelAt(before, "node-d"));
        assertThat(after.installable()).isTrue();
        assertThat(world.restart().made()).isEmpty();
    }

    private LinkSpec byNumber(String link) {
        LinkSpec spec = world.spec(link);
        return Edits.at(spec, byNumber(spec.from()), byNumber(spec.to()));
    }

    private LinkEnd byNumber(LinkEnd end) {
        return new LinkEnd(
                end.node(),
                PortLocator.of(world.port(end.node(), end.port().text()).value()));
    }

    private static Label labelAt(Circuit circuit, String node) {
        return LiveVlink.arriving(circuit, node).label();
    }
}
