package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The assignment of attachments to endpoints. */
final class EndpointAssignmentTest {

    private final World world = World.ofTheGuide();

    @Test
    void theFirstAttachmentHoldsTheEndpointAndTheNextTakesOver() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "old", "node-a", "tap-1")
                .pass(Duration.ofSeconds(1));
        world.attach("n", "new", "node-a", "tap-2").act();
        assertThat(from("n").attachment()).isEqualTo("old");
        assertThat(World.bare(state("n", "new")))
                .isEqualTo(new AttachmentState(
                        "new", "node-a", false, "EndTaken", "The endpoint at node-a is taken by the attachment old."));

        // When
        world.detach("n", "old").act();

        // Then
        assertThat(from("n").attachment()).isEqualTo("new");
        assertThat(from("n").port()).isEqualTo(world.port("node-a", "tap-2"));
        assertThat(world.decision("n").attachments())
                .containsExactly(new AttachmentState("new", "node-a", true, null, null));
    }

    @Test
    void aHolderKeepsItsEndpointWhenAnOlderAttachmentComes() {
        // Given
        World other = World.ofTheGuide();
        other.attach("n", "early", "node-a", "tap-1");
        world.pass(Duration.ofSeconds(1))
                .declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "holder", "node-a", "tap-2");
        world.act();

        // When
        world.take(other.attachments.values().iterator().next());
        world.port("node-a", "tap-1");
        world.act();

        // Then
        assertThat(from("n").attachment()).isEqualTo("holder");
        assertThat(state("n", "early").reason()).isEqualTo("EndTaken");
    }

    @Test
    void twoAttachmentsOnOneNodeHoldTheEndpointsInOrderAndKeepThem() {
        // Given
        world.declare("n", VlinkRequest.onOneNode("a"));
        for (String name : new String[] {"x", "y", "z"}) {
            world.attach("n", name, "node-a", "tap-" + name).pass(Duration.ofSeconds(1));
        }
        world.act();
        assertThat(from("n").attachment()).isEqualTo("x");
        assertThat(to("n").attachment()).isEqualTo("y");
        assertThat(World.bare(state("n", "z")).message())
                .isEqualTo("The endpoint at node-a is taken by the attachments x and y.");

        // When
        world.detach("n", "x").act();

        // Then
        assertThat(from("n").attachment()).isEqualTo("z");
        assertThat(to("n").attachment()).isEqualTo("y");
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void twoAttachmentsAtOnePortHoldOneEndpoint() {
        world.declare("n", VlinkRequest.onOneNode("a"));
        world.attach("n", "x", "node-a", "tap-1")
                .attach("n", "y", "node-a", "tap-1")
                .act();

        assertThat(from("n").attachment()).isEqualTo("x");
        assertThat(to("n").attachment()).isNull();
        assertThat(state("n", "y").reason()).isEqualTo("PortTaken");
        assertThat(state("n", "y").message()).contains("the attachment x");
    }

    @Test
    void twoAttachmentsAtOneMissingPortHoldOneEndpoint() {
        world.declare("n", VlinkRequest.onOneNode("a"));
        world.attach("n", "x", "node-a", "tap-77")
                .attach("n", "y", "node-a", "tap-77")
                .act();

        assertThat(from("n").attachment()).isEqualTo("x");
        assertThat(to("n").attachment()).isNull();
        assertThat(state("n", "y").holds()).isFalse();
        assertThat(state("n", "y").reason()).isEqualTo("PortTaken");
    }

    @Test
    void theFirstWaitingAttachmentsAndEveryHolderAreReported() {
        // Given: the holder is younger than all others
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "holder", "node-e", "tap-1")
                .act();
        World other = World.ofTheGuide();
        for (int i = 0; i < 1_000; i++) {
            other.attachTo("n", "w" + i, "node-a", "tap-x");
        }
        world.detach("n", "holder")
                .pass(Duration.ofSeconds(1))
                .attach("n", "holder", "node-e", "tap-1")
                .act();

        // When
        other.attachments.values().forEach(world::take);
        world.act();

        // Then
        assertThat(world.decision("n").attachments()).hasSize(501);
        assertThat(state("n", "holder").holds()).isTrue();
    }

    @Test
    void anAttachmentElsewhereIsRefusedWithThePlacesOfTheEndpoints() {
        world.declare("n", VlinkRequest.ofTheGuide());
        world.attach("n", "astray", "node-b", "tap-1")
                .attachTo("n", "lost", "node-z", "tap-1")
                .act();

        assertThat(World.bare(state("n", "astray")).message())
                .isEqualTo("The network's endpoints are at node-a and node-e, not at node-b.");
        assertThat(state("n", "lost").reason()).isEqualTo("NodeUnknown");
    }

    @Test
    void anAttachmentThatMovesToTheOtherEndpointHoldsThatOne() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "mover", "node-a", "tap-1")
                .act();

        // When
        world.attach("n", "mover", "node-e", "tap-1").act();

        // Then
        assertThat(from("n").attachment()).isNull();
        assertThat(to("n").attachment()).isEqualTo("mover");
    }

    @Test
    void anAttachmentKeepsItsEndpointWhenTheNodeIsRemoved() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "ping", "node-a", "tap-1")
                .act();

        // When
        world.withdrawNode("node-a").act();

        // Then
        assertThat(from("n").attachment()).isEqualTo("ping");
        assertThat(from("n").port()).isEqualTo(world.port("node-a", "tap-1"));
    }

    @Test
    void aFreedPortGoesToTheNextNetwork() {
        // Given
        world.declare("first", VlinkRequest.ofTheGuide())
                .attach("first", "ping", "node-a", "tap-1")
                .act();
        world.declare("second", VlinkRequest.ofTheGuide())
                .attach("second", "pong", "node-a", "tap-1")
                .act();
        assertThat(from("second").attachment()).isNull();
        assertThat(state("second", "pong").reason()).isEqualTo("PortTaken");
        assertThat(state("second", "pong").message()).contains("is taken by the network first (");
        assertThat(world.restart().made()).isEmpty();

        // When
        world.detach("first", "ping").act();

        // Then
        assertThat(from("second").attachment()).isEqualTo("pong");
    }

    @Test
    void aPortStaysTakenUntilTheRulesOfADeletedNetworkAreGone() {
        // Given
        world.declare("first", VlinkRequest.ofTheGuide())
                .attach("first", "ping", "node-a", "tap-1")
                .act();
        world.declare("second", VlinkRequest.ofTheGuide())
                .attach("second", "pong", "node-a", "tap-1")
                .act();

        // When
        world.withdraw("first").act();
        assertThat(from("second").attachment()).isNull();
        world.confirmRemoved("first").act();

        // Then
        assertThat(from("second").attachment()).isEqualTo("pong");
    }

    @Test
    void aPortOfALinkGoesToNoWorkload() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "ping", "node-a", "to-c")
                .act();
        assertThat(state("n", "ping").reason()).isEqualTo("PortIsLink");
        assertThat(state("n", "ping").message()).contains("belongs to the link link-ac");

        // When
        world.withdrawLink("link-ac").withdrawLink("link-ca").act();

        // Then: the circuit still crosses link-ac
        assertThat(state("n", "ping").reason()).isEqualTo("PortIsLink");
        world.deleteLink("link-ac").deleteLink("link-ca");
        assertThat(world.act().made()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
        world.declare("n", VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba"))
                .act();
        world.confirmRemoved("n").act();
        assertThat(state("n", "ping").holds()).isTrue();
        assertThat(from("n").port()).isEqualTo(world.port("node-a", "to-c"));
    }

    @Test
    void anAttachmentWaitsForAMissingPort() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide())
                .attachTo("n", "ping", "node-a", "tap-1")
                .act();
        assertThat(from("n").attachment()).isEqualTo("ping");
        assertThat(from("n").port()).isNull();
        assertThat(World.bare(state("n", "ping")))
                .isEqualTo(new AttachmentState(
                        "ping",
                        "node-a",
                        true,
                        "PortUnknown",
                        "The port tap-1 of node-a is not there: switch 000000000000000a has no port named tap-1."));

        // When
        world.port("node-a", 77, "tap-1", true).act();

        // Then
        assertThat(Objects.requireNonNull(from("n").port()).value()).isEqualTo(77);
        assertThat(state("n", "ping").reason()).isNull();
    }

    @Test
    void aPortIsFollowedToItsNewNumberAndReleasedWhenItVanishes() {
        // Given
        world.port("node-a", 77, "tap-1", true);
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "ping", "node-a", "tap-1")
                .act();
        long step = world.decision("n").revision().step();

        // When
        world.port("node-a", 77, "tap-1", false)
                .port("node-a", 78, "tap-1", true)
                .act();

        // Then
        assertThat(Objects.requireNonNull(from("n").port()).value()).isEqualTo(78);
        assertThat(world.decision("n").revision().step()).isEqualTo(step + 1);
        world.port("node-a", 78, "tap-1", false).act();
        assertThat(from("n").attachment()).isEqualTo("ping");
        assertThat(from("n").port()).isNull();
    }

    @Test
    void aNameOfTwoPortsMeansNeither() {
        world.port("node-a", 77, "tap-1", true).port("node-a", 78, "tap-1", true);
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "ping", "node-a", "tap-1")
                .act();

        assertThat(from("n").port()).isNull();
        assertThat(state("n", "ping").message()).contains("has 2 ports named tap-1: [77, 78]");
    }

    @Test
    void aPortByNumberMustBePresent() {
        world.declare("n", VlinkRequest.ofTheGuide())
                .attachTo("n", "ping", "node-a", "99")
                .act();
        assertThat(state("n", "ping").message()).contains("has no port number 99");

        world.port("node-a", 99, "anything", true).act();
        assertThat(Objects.requireNonNull(from("n").port()).value()).isEqualTo(99);
    }

    @Test
    void anUnreportedSwitchHasNoPorts() {
        world.editNode("node-a", spec -> new NodeSpec(World.switchOf("node-z"), null, null, false));
        world.declare("n", VlinkRequest.ofTheGuide())
                .attachTo("n", "ping", "node-a", "tap-1")
                .act();

        assertThat(state("n", "ping").message()).contains("no port of switch 0000000000000023 is known yet");
    }

    @Test
    void portsOfLinksAreFollowedToo() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide());
        Circuit before = world.admitted("n");
        long number = Objects.requireNonNull(before.route(Direction.FORWARD)
                        .spans()
                        .getFirst()
                        .lane()
                        .outPort())
                .value();

        // When
        world.port("node-a", number, "to-c", false).act();
        assertThat(current("n")
                        .route(Direction.FORWARD)
                        .spans()
                        .getFirst()
                        .lane()
                        .outPort())
                .isNull();
        assertThat(current("n").number()).isEqualTo(before.number());
        world.port("node-a", 50, "to-c", true).act();

        // Then
        assertThat(Objects.requireNonNull(current("n")
                                .route(Direction.FORWARD)
                                .spans()
                                .getFirst()
                                .lane()
                                .outPort())
                        .value())
                .isEqualTo(50);
        assertThat(Objects.requireNonNull(current("n")
                                .route(Direction.REVERSE)
                                .spans()
                                .getLast()
                                .lane()
                                .inPort())
                        .value())
                .isNotEqualTo(50);
    }

    @Test
    void anUnchangedPortLeadsToNoDecision() {
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "ping", "node-a", "tap-1")
                .act();

        world.port("node-a", world.port("node-a", "tap-1").value(), "tap-1", true);

        assertThat(world.act().made()).isEmpty();
    }

    @Test
    void anAttachmentMayComeBeforeItsNetwork() {
        world.attach("n", "ping", "node-a", "tap-1");
        assertThat(world.act().made()).isEmpty();

        world.declare("n", VlinkRequest.ofTheGuide());

        assertThat(world.admitted("n").ends().getFirst().attachment()).isEqualTo("ping");
    }

    @Test
    void aRetiringCircuitReleasesThePortOfADetachedWorkload() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "ping", "node-a", "tap-1")
                .act();
        world.declare("n", VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba"))
                .act();
        assertThat(world.decision("n")
                        .retiring()
                        .getFirst()
                        .circuit()
                        .ends()
                        .getFirst()
                        .port())
                .isNotNull();

        // When
        world.detach("n", "ping").act();

        // Then
        PathDecision decision = world.decision("n");
        assertThat(decision.retiring().getFirst().circuit().ends().getFirst().attachment())
                .isNull();
        assertThat(decision.retiring().getFirst().circuit().ends().getFirst().port())
                .isNull();
    }

    private Circuit current(String network) {
        return Objects.requireNonNull(world.decision(network).current());
    }

    private Endpoint from(String network) {
        return current(network).ends().getFirst();
    }

    private Endpoint to(String network) {
        return current(network).ends().getLast();
    }

    private AttachmentState state(String network, String attachment) {
        return world.decision(network).attachments().stream()
                .filter(state -> state.attachment().equals(attachment))
                .findFirst()
                .orElseThrow();
    }
}
