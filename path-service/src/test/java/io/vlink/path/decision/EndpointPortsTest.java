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
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The ports of endpoints: each belongs to one workload, is followed to its new number, and is waited for. */
final class EndpointPortsTest {

    private final World world = World.ofTheGuide();

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
        assertThat(world.state("second", "pong").reason()).isEqualTo("PortTaken");
        assertThat(world.state("second", "pong").message()).contains("is taken by the network first (");
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
        assertThat(world.state("n", "ping").reason()).isEqualTo("PortIsLink");
        assertThat(world.state("n", "ping").message()).contains("belongs to the link link-ac");

        // When
        world.withdrawLink("link-ac").withdrawLink("link-ca").act();

        // Then: the circuit still crosses link-ac
        assertThat(world.state("n", "ping").reason()).isEqualTo("PortIsLink");
        world.deleteLink("link-ac").deleteLink("link-ca");
        assertThat(world.act().made()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
        world.declare("n", VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba"))
                .act();
        world.confirmRemoved("n").act();
        assertThat(world.state("n", "ping").holds()).isTrue();
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
        assertThat(World.bare(world.state("n", "ping")))
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
        assertThat(world.state("n", "ping").reason()).isNull();
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
        assertThat(world.state("n", "ping").message()).contains("has 2 ports named tap-1: [77, 78]");
    }

    @Test
    void aPortByNumberMustBePresent() {
        world.declare("n", VlinkRequest.ofTheGuide())
                .attachTo("n", "ping", "node-a", "99")
                .act();
        assertThat(world.state("n", "ping").message()).contains("has no port number 99");

        world.port("node-a", 99, "anything", true).act();
        assertThat(Objects.requireNonNull(from("n").port()).value()).isEqualTo(99);
    }

    @Test
    void anUnreportedSwitchHasNoPorts() {
        world.editNode("node-a", spec -> new NodeSpec(World.switchOf("node-z"), null, null, false));
        world.declare("n", VlinkRequest.ofTheGuide())
                .attachTo("n", "ping", "node-a", "tap-1")
                .act();

        assertThat(world.state("n", "ping").message()).contains("no port of switch 0000000000000023 is known yet");
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
        assertThat(world.current("n")
                        .route(Direction.FORWARD)
                        .spans()
                        .getFirst()
                        .lane()
                        .outPort())
                .isNull();
        assertThat(world.current("n").number()).isEqualTo(before.number());
        world.port("node-a", 50, "to-c", true).act();

        // Then
        assertThat(Objects.requireNonNull(world.current("n")
                                .route(Direction.FORWARD)
                                .spans()
                                .getFirst()
                                .lane()
                                .outPort())
                        .value())
                .isEqualTo(50);
        assertThat(Objects.requireNonNull(world.current("n")
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

        assertThat(world.admitted("n").endpoints().getFirst().attachment()).isEqualTo("ping");
    }

    @Test
    void aCircuitBeingRemovedReleasesThePortOfADetachedWorkload() {
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
                        .endpoints()
                        .getFirst()
                        .port())
                .isNotNull();

        // When
        world.detach("n", "ping").act();

        // Then
        PathDecision decision = world.decision("n");
        assertThat(decision.retiring()
                        .getFirst()
                        .circuit()
                        .endpoints()
                        .getFirst()
                        .attachment())
                .isNull();
        assertThat(decision.retiring()
                        .getFirst()
                        .circuit()
                        .endpoints()
                        .getFirst()
                        .port())
                .isNull();
    }

    private Endpoint from(String network) {
        return world.current(network).endpoints().getFirst();
    }
}
