package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Endpoint;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
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
        assertThat(World.bare(world.state("n", "new")))
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
    void anAttachmentKeepsItsEndpointWhenAnOlderOneComes() {
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
        assertThat(world.state("n", "early").reason()).isEqualTo("EndTaken");
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
        assertThat(World.bare(world.state("n", "z")).message())
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
        assertThat(world.state("n", "y").reason()).isEqualTo("PortTaken");
        assertThat(world.state("n", "y").message()).contains("the attachment x");
    }

    @Test
    void twoAttachmentsAtOneMissingPortHoldOneEndpoint() {
        world.declare("n", VlinkRequest.onOneNode("a"));
        world.attach("n", "x", "node-a", "tap-77")
                .attach("n", "y", "node-a", "tap-77")
                .act();

        assertThat(from("n").attachment()).isEqualTo("x");
        assertThat(to("n").attachment()).isNull();
        assertThat(world.state("n", "y").holds()).isFalse();
        assertThat(world.state("n", "y").reason()).isEqualTo("PortTaken");
    }

    @Test
    void theFirstWaitingAttachmentsAndAllAssignedOnesAreReported() {
        // Given: the present attachment is younger than all others
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
        assertThat(world.state("n", "holder").holds()).isTrue();
    }

    @Test
    void anAttachmentElsewhereIsRefusedWithThePlacesOfTheEndpoints() {
        world.declare("n", VlinkRequest.ofTheGuide());
        world.attach("n", "astray", "node-b", "tap-1")
                .attachTo("n", "lost", "node-z", "tap-1")
                .act();

        assertThat(World.bare(world.state("n", "astray")).message())
                .isEqualTo("The network's endpoints are at node-a and node-e, not at node-b.");
        assertThat(world.state("n", "lost").reason()).isEqualTo("NodeUnknown");
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

    private Endpoint from(String network) {
        return world.current(network).endpoints().getFirst();
    }

    private Endpoint to(String network) {
        return world.current(network).endpoints().getLast();
    }
}
