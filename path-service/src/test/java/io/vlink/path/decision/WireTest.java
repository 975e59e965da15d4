package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.Violation;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A wire has one owner, even if it has links of several names: resources belong to the ports at its sides, and circuits stay on it until
 * switches confirmed their removal.
 */
final class WireTest {

    private static final long MOST = 800_000_000;

    private final World world = World.ofTheGuide();
    private final Circuit before;

    /** Makes a live vlink. */
    WireTest() {
        world.declare("live", VlinkRequest.ofTheGuide().bits(MOST))
                .attach("live", "ping", "node-a", "tap-1")
                .attach("live", "pong", "node-e", "tap-1");
        before = world.admitted("live");
        assertThat(before.installable()).isTrue();
    }

    // ---- one wire, several names

    @Test
    void aLinkRedeclaredUnderAnotherNameIsTheSameWire() {
        // Given
        LinkSpec spec = spec("link-cd");
        world.withdrawLink("link-cd").deleteLink("link-cd").act();
        assertThat(world.restart().made()).isEmpty();

        // When
        world.link("link-cd2", spec).declare("other", VlinkRequest.path("cd2").back("dc"));
        world.declare("greedy", VlinkRequest.path("cd2").back("dc").bits(MOST));

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
        LinkSpec old = spec("link-cd");
        world.editLink("link-cd", spec -> at(spec, end("node-c", "to-d2"), end("node-d", "to-c2")))
                .act();
        assertThat(world.decision("live").current()).isEqualTo(before);

        // When
        world.link("link-cd3", old).declare("other", VlinkRequest.path("cd3").back("dc"));

        // Then
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(labelAt(before, "node-d"));
        world.declare("greedy", VlinkRequest.path("cd3").back("dc").bits(MOST));
        assertThat(world.decide("greedy").violations().getFirst().reason()).isEqualTo("BandwidthExceeded");
    }

    @Test
    void aCableDeclaredTwiceByNameAndByNumberIsOneWire() {
        world.link("link-cd4", byNumber("link-cd"))
                .declare("other", VlinkRequest.path("cd4").back("dc"));
        world.declare("greedy", VlinkRequest.path("cd4").back("dc").bits(MOST));

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
        LinkSpec spec = spec("link-cd");
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
        LinkSpec spec = spec("link-cd");
        world.withdraw("live").act();
        world.confirmRemoved("live").act();
        world.deleteLink("link-cd").act();
        world.restart();

        // When
        world.link("link-cd2", spec).declare("other", VlinkRequest.path("cd2").back("dc"));

        // Then
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(labelAt(before, "node-d"));
    }

    // ---- renumbered ports

    @Test
    void aRenumberedPortIsFollowedAndTheOldOneIsHeldUntilItIsGone() {
        // When
        Label label = labelAt(before, "node-d");
        long was = portAt(before, "node-d").value();
        world.renumber("node-d", "to-c", 77);
        Circuit after = world.admitted("live");

        // Then
        assertThat(after.number()).isEqualTo(before.number());
        assertThat(portAt(after, "node-d").value()).isEqualTo(77);
        assertThat(labelAt(after, "node-d")).isEqualTo(label);
        assertThat(world.restart().made()).isEmpty();

        // And: a new cable gets the old number
        world.port("node-d", was, "newcomer", true).port("node-c", 78, "newcomer", true);
        world.link("link-cd5", at(spec("link-cd"), end("node-c", "newcomer"), end("node-d", "newcomer")));
        world.declare("other", VlinkRequest.path("cd5").back("dc"));
        assertThat(portAt(world.admitted("other"), "node-d").value()).isEqualTo(was);
        assertThat(labelAt(world.admitted("other"), "node-d")).isNotEqualTo(label);
        world.confirmRemoved("live").act();
        world.pass(World.SETTINGS.labelRest()).act();
        world.declare("next", VlinkRequest.path("cd5").back("dc"));
        assertThat(labelAt(world.admitted("next"), "node-d")).isEqualTo(label);
        assertThat(world.decision("live").retiring()).isEmpty();
    }

    @Test
    void aPortThatReturnsWithItsNumberKeepsItsLabel() {
        long number = portAt(before, "node-d").value();
        for (boolean confirmed : new boolean[] {false, true, false}) {
            world.port("node-d", number, "to-c", false).act();
            if (confirmed) {
                world.confirmRemoved("live").act();
            }
            world.port("node-d", number, "to-c", true).act();

            assertThat(world.decision("live").current()).isEqualTo(before);
            assertThat(world.restart().made()).isEmpty();
        }
        assertThat(world.decision("live").retiring()).hasSizeLessThanOrEqualTo(1);
        world.confirmRemoved("live").act();
        world.pass(World.SETTINGS.labelRest()).act();
        assertThat(world.decision("live").retiring()).isEmpty();
    }

    @Test
    void theLaterOfTwoCircuitsThatMeetAtOnePortGetsAnotherLabel() {
        // Given: another cable between the same switches, with the same label on it
        world.link("link-cd5", at(spec("link-cd"), end("node-c", "new"), end("node-d", "new")));
        world.declare("other", VlinkRequest.path("cd5").back("dc"))
                .attach("other", "w", "node-c", "tap-1")
                .attach("other", "w2", "node-d", "tap-1");
        Circuit other = world.admitted("other");
        assertThat(labelAt(other, "node-d")).isEqualTo(labelAt(before, "node-d"));
        long there = portAt(other, "node-d").value();

        // When: its port is removed, and that of link-cd gets the number
        world.port("node-d", there, "new", false).act();
        world.renumber("node-d", "to-c", there).act();

        // Then
        Circuit after = world.admitted("live");
        assertThat(portAt(after, "node-d").value()).isEqualTo(there);
        assertThat(labelAt(after, "node-d")).isNotEqualTo(labelAt(before, "node-d"));
        assertThat(after.installable()).isTrue();
        assertThat(world.restart().made()).isEmpty();
    }

    // ---- edits of links in use

    @Test
    void aMovedLinkInUseGetsANewCircuitBesideTheOld() {
        world.port("node-c", 40, "to-d2", true).port("node-d", 41, "to-c2", true);
        world.editLink("link-cd", spec -> at(spec, end("node-c", "to-d2"), end("node-d", "to-c2")));

        Circuit after = world.admitted("live");
        assertThat(after.number()).isNotEqualTo(before.number());
        assertThat(portAt(after, "node-d").value()).isEqualTo(41);
        assertThat(world.decision("live").retiring()).containsExactly(new CircuitRemoval(before, world.now(), false));
        assertThat(world.decision("live").impairments()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void aTypoInTheEndsOfALinkInUseRemovesNothing() {
        // When
        world.editLink("link-cd", spec -> at(spec, end("node-c", "to-dd"), spec.to()));
        PathDecision decision = world.decide("live");

        // Then
        assertThat(decision.current()).isEqualTo(before);
        assertThat(World.bare(decision.impairments()))
                .containsExactly(new Impairment(
                        "$.path.links[1]",
                        "TopologyChanged",
                        "The link link-cd begins at port to-dd of node-c now, not at to-d. Traffic stays where it was, since the path cannot follow: The link link-cd is down (PortUnknown): its sending end to-dd of node-c is not there: switch 000000000000000c has no port named to-dd.",
                        Impairment.Effect.NOTE,
                        new Violation(
                                "$.path.links[1]",
                                "LinkDown",
                                "The link link-cd is down (PortUnknown): its sending end to-dd of node-c is not there: switch 000000000000000c has no port named to-dd."),
                        null));
        world.down("link-cd").act();
        assertThat(reasons()).containsExactly("TopologyChanged");
        assertThat(world.restart().made()).isEmpty();
        world.up("link-cd");
        world.editLink("link-cd", spec -> at(spec, end("node-c", "to-d"), spec.to()));
        assertThat(world.decide("live").impairments()).isEmpty();
        assertThat(world.decision("live").current()).isEqualTo(before);
    }

    @Test
    void aCircuitMovesOnceThePortsOfTheNewWireAreUp() {
        // Given
        world.port(World.switchOf("node-c"), 40, "to-d2", true, false, null);
        world.editLink("link-cd", spec -> at(spec, end("node-c", "to-d2"), spec.to()));
        assertThat(world.decide("live").current()).isEqualTo(before);
        assertThat(world.decision("live").impairments().getFirst().message()).contains("to-d2", "is down (since ");

        // When
        world.portUp("node-c", "to-d2", true);

        // Then
        assertThat(world.admitted("live").number()).isNotEqualTo(before.number());
    }

    @Test
    void theOldWireIsJudgedByThePortsAtItsEnds() {
        world.withdrawLink("link-cd").act();
        assertThat(reasons()).containsExactly("TopologyChanged");

        world.portUp("node-d", "to-c", false).act();
        assertThat(reasons()).containsExactly("TopologyChanged", "WireDown");
        assertThat(World.bare(world.decision("live").impairments()).getLast().message())
                .isEqualTo(
                        "The old wire of the link link-cd is still in use, but carries no traffic. The port to-c of node-d is down.");
        assertThat(world.restart().made()).isEmpty();

        world.portUp("node-d", "to-c", true).act();
        assertThat(reasons()).containsExactly("TopologyChanged");
        assertThat(world.decision("live").current()).isEqualTo(before);
    }

    @Test
    void aComputedPathLeavesALinkThatWasDeleted() {
        world.declare("computed", VlinkRequest.computed("a", "d"))
                .attach("computed", "x", "node-a", "tap-2")
                .attach("computed", "y", "node-d", "tap-2");
        Circuit there = world.admitted("computed");
        assertThat(there.route(Direction.FORWARD).links()).containsExactly("link-ab", "link-bd");

        world.withdrawLink("link-bd");

        assertThat(world.admitted("computed").route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
        assertThat(world.decision("computed").impairments()).isEmpty();
        assertThat(world.decision("computed").retiring())
                .containsExactly(new CircuitRemoval(there, world.now(), false));
    }

    @Test
    void aReplacedDeadCircuitIsMarkedDead() {
        world.declare("computed", VlinkRequest.computed("a", "d"))
                .attach("computed", "x", "node-a", "tap-2")
                .attach("computed", "y", "node-d", "tap-2");
        Circuit there = world.admitted("computed");

        world.down("link-bd").act();

        assertThat(world.decision("computed").retiring())
                .containsExactly(new CircuitRemoval(there, world.now(), false, true, null));
    }

    @Test
    void aCircuitThatDiesWhileRetiringIsMarkedDead() {
        // Given
        world.declare(
                "live",
                VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba").bits(MOST));
        world.admitted("live");
        assertThat(world.decision("live").retiring().getFirst().carriesNothing())
                .isFalse();

        // When
        world.down("link-cd").act();

        // Then
        assertThat(world.decision("live").retiring().getFirst().carriesNothing())
                .isTrue();
        assertThat(world.restart().made()).isEmpty();
    }

    // ---- ports go to the first user

    @Test
    void aLiveWorkloadKeepsItsPortWhenALinkIsDeclaredThere() {
        // When
        world.link("ae", spec -> at(spec, end("node-a", "tap-1"), spec.to())).act();
        world.link("ea", spec -> at(spec, spec.from(), end("node-a", "tap-1")));
        world.declare("over", VlinkRequest.path("ae").back("ea")).declare("computed", VlinkRequest.computed("a", "e"));

        // Then
        assertThat(world.decision("live").current()).isEqualTo(before);
        assertThat(World.bare(world.decide("over").violations()))
                .contains(
                        new Violation(
                                "$.path.links[0]",
                                "PortTaken",
                                "The link link-ae begins at the port tap-1 of node-a, which a workload uses; the link can be used once the workload has left."));
        assertThat(world.admitted("computed").route(Direction.FORWARD).links()).hasSize(3);
        assertThat(world.restart().made()).isEmpty();

        // And: it leaves
        world.detach("live", "ping").act();
        assertThat(world.decision("over").outcome()).isEqualTo(Outcome.ADMITTED);
        world.attach("live", "ping", "node-a", "tap-1").act();
        assertThat(state("live", "ping").reason()).isEqualTo("PortIsLink");
    }

    @Test
    void theOldPortOfAMovedLinkStaysClosedUntilItsCircuitsAreGone() {
        // Given
        world.port("node-c", 40, "to-d2", true).port("node-d", 41, "to-c2", true);
        world.editLink("link-cd", spec -> at(spec, end("node-c", "to-d2"), end("node-d", "to-c2")));
        world.declare("other", VlinkRequest.path("de")).attach("other", "w", "node-d", "to-c");

        // When
        world.act();

        // Then
        assertThat(state("other", "w").reason()).isEqualTo("PortIsLink");
        world.restart();
        assertThat(state("other", "w").reason()).isEqualTo("PortIsLink");
        world.editLink("link-dc", spec -> at(spec, end("node-d", "to-c2"), end("node-c", "to-d2")))
                .act();
        world.confirmRemoved("live").act();
        assertThat(state("other", "w").holds()).isTrue();
    }

    @Test
    void aPortOfACircuitPastItsRemovalDeadlineGoesToNoWorkload() {
        world.withdraw("live").act();
        world.pass(World.SETTINGS.removalDeadline()).act();
        world.deleteRecord("live").deleteLink("link-cd").deleteLink("link-dc").act();
        world.restart();

        world.declare("other", VlinkRequest.path("de"))
                .attach("other", "w", "node-d", "to-c")
                .act();

        assertThat(state("other", "w").reason()).isEqualTo("PortIsLink");
    }

    @Test
    void networksInOtherNamespacesAreNotDisclosed() {
        NetworkId foreign = new NetworkId("o", "elsewhere", "foreign");
        world.take(new Network(
                foreign, 1, false, world.now(), VlinkRequest.ofTheGuide().spec()));
        world.take(new Attachment(
                new AttachmentId(foreign, "w"),
                1,
                false,
                world.now(),
                new AttachmentSpec("node-a", PortLocator.of("tap-1"), List.of())));

        world.act();

        assertThat(World.bare(state("foreign", "w")).message())
                .isEqualTo("The port tap-1 of node-a (number %d) is taken by a network of another namespace."
                        .formatted(
                                Objects.requireNonNull(before.ends().getFirst().port())
                                        .value()));
    }

    // ---- switches belong to the first overlay

    @Test
    void aSwitchBelongsToTheOverlayThatDeclaredItFirst() {
        // Given: another overlay owned the switch of node-c before this one
        world.foreignNode("c", Instant.EPOCH, true);

        // When
        world.declare("late", VlinkRequest.path("ac"));

        // Then
        assertThat(World.bare(world.decide("late").violations()))
                .containsExactly(
                        new Violation(
                                "$.path.toEndpoint",
                                "SwitchTaken",
                                "The switch 000000000000000c of the node node-c belongs to another overlay, which declared it first; overlays cannot share a switch."));
        assertThat(world.decision("live").current()).isEqualTo(before);
        assertThat(world.restart().made()).isEmpty();
        world.foreignNode("c", Instant.EPOCH, false);
        assertThat(world.decide("late").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void aLaterOverlayTakesNothingFromTheFirstOwnerOfASwitch() {
        world.foreignNode("c", world.now().plusSeconds(1), true);

        world.declare("more", VlinkRequest.path("ac"));

        assertThat(world.decide("more").outcome()).isEqualTo(Outcome.ADMITTED);
    }

    private LinkSpec spec(String link) {
        return Objects.requireNonNull(world.links.get(link)).spec();
    }

    private LinkSpec byNumber(String link) {
        LinkSpec spec = spec(link);
        return at(spec, byNumber(spec.from()), byNumber(spec.to()));
    }

    private LinkEnd byNumber(LinkEnd end) {
        return new LinkEnd(
                end.node(),
                PortLocator.of(world.port(end.node(), end.port().text()).value()));
    }

    private static LinkEnd end(String node, String port) {
        return new LinkEnd(node, PortLocator.of(port));
    }

    private static LinkSpec at(LinkSpec spec, LinkEnd from, LinkEnd to) {
        return new LinkSpec(from, to, spec.capacityBits(), spec.latencyNanos(), spec.kind(), spec.maintenance());
    }

    private static Label labelAt(Circuit circuit, String node) {
        return arriving(circuit, node).label();
    }

    private static PortNumber portAt(Circuit circuit, String node) {
        return Objects.requireNonNull(arriving(circuit, node).inPort());
    }

    private static Lane arriving(Circuit circuit, String node) {
        return circuit.route(Direction.FORWARD).spans().stream()
                .filter(span -> span.receiver().node().equals(node))
                .findFirst()
                .orElseThrow()
                .lane();
    }

    private List<String> reasons() {
        return world.decision("live").impairments().stream()
                .map(Impairment::reason)
                .toList();
    }

    private AttachmentState state(String network, String attachment) {
        return world.decision(network).attachments().stream()
                .filter(state -> state.attachment().equals(attachment))
                .findFirst()
                .orElseThrow();
    }
}
