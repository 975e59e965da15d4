package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.links.LinkKind;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Workloads whose full-size frames would be lost on the links. */
final class FrameRoomTest {

    private final World world = World.ofTheGuide();

    private void attached(@Nullable Integer linkMtu, @Nullable Integer workloadMtu) {
        world.declare("n", VlinkRequest.ofTheGuide())
                .mtu("node-d", "to-e", linkMtu)
                .mtu("node-a", "tap-1", workloadMtu)
                .attach("n", "ping", "node-a", "tap-1")
                .attach("n", "pong", "node-e", "tap-2")
                .act();
    }

    @Test
    void refusesTooLargeFramesWithTheNumbers() {
        // When
        attached(1_507, 1_500);

        // Then
        assertThat(World.bare(state("ping")))
                .isEqualTo(new AttachmentState(
                        "ping",
                        "node-a",
                        false,
                        "MtuTooLarge",
                        "The port tap-1 of node-a has an MTU of 1500, so links must carry 1508 with label and tag, but the port number %s of node-d on the link link-de carries 1507: full-size frames would be lost silently. Give the workload an MTU of at most 1499, or the link one of at least 1508."
                                .formatted(world.port("node-d", "to-e"))));
        assertThat(current().endpoints().getFirst().attachment()).isNull();
        assertThat(current().installable()).isFalse();
        assertThat(state("pong").holds()).isTrue();
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void acceptsFramesThatJustFit() {
        attached(1_508, 1_500);

        assertThat(state("ping").reason()).isNull();
        assertThat(current().installable()).isTrue();
    }

    @Test
    void acceptsTheAttachmentOnceTheWorkloadsMtuIsLowered() {
        attached(1_500, 1_500);

        world.mtu("node-a", "tap-1", 1_492).act();

        assertThat(state("ping").reason()).isNull();
        assertThat(current().installable()).isTrue();
    }

    @Test
    void acceptsTheAttachmentOnceTheLinksMtuIsRaised() {
        attached(1_500, 1_500);

        world.mtu("node-d", "to-e", 9_000).act();

        assertThat(state("ping").reason()).isNull();
        assertThat(current().installable()).isTrue();
    }

    @Test
    void checksTheWayBackToo() {
        world.mtu("node-b", "to-d", 1_400);

        attached(null, 1_500);

        assertThat(state("ping").message()).contains("of node-b on the link link-db carries 1400");
    }

    @Test
    void ignoresLinksOutsideThePath() {
        world.mtu("node-b", "to-a", 1_400).mtu("node-a", "to-b", 1_400);
        world.declare("n", VlinkRequest.path("ac", "cd", "de"))
                .mtu("node-a", "tap-1", 1_500)
                .attach("n", "ping", "node-a", "tap-1")
                .act();

        assertThat(state("ping").reason()).isNull();
    }

    @Test
    void acceptsAnUnknownMtu() {
        attached(1_000, null);
        assertThat(state("ping").reason()).isNull();

        world.mtu("node-d", "to-e", null).mtu("node-a", "tap-1", 9_000).act();
        assertThat(state("ping").reason()).isNull();
    }

    @Test
    void ignoresTunnels() {
        for (String link : new String[] {"link-de", "link-ed"}) {
            world.editLink(link, Edits.kind(LinkKind.VXLAN));
        }

        attached(1_000, 1_500);

        assertThat(state("ping").reason()).isNull();
    }

    @Test
    void reportsAnMtuThatBecomesTooLargeAndCutsNothing() {
        // Given
        attached(1_600, 1_500);
        Circuit live = current();

        // When
        world.mtu("node-d", "to-e", 1_500).act();

        // Then
        assertThat(current()).isEqualTo(live);
        assertThat(state("ping").holds()).isTrue();
        assertThat(state("ping").reason()).isEqualTo("MtuTooLarge");
        assertThat(state("ping").message()).contains("has an MTU of 1500").contains("carries 1500");
        assertThat(world.restart().made()).isEmpty();

        // When
        world.mtu("node-d", "to-e", 1_600).act();

        // Then
        assertThat(current()).isEqualTo(live);
        assertThat(state("ping").reason()).isNull();
    }

    @Test
    void givesTheEndpointToAnAttachmentThatFits() {
        attached(1_500, 1_500);

        world.mtu("node-a", "tap-3", 1_400)
                .attach("n", "small", "node-a", "tap-3")
                .act();

        assertThat(current().endpoints().getFirst().attachment()).isEqualTo("small");
        assertThat(state("ping").reason()).isEqualTo("MtuTooLarge");
    }

    private Circuit current() {
        return Objects.requireNonNull(world.decision("n").current());
    }

    private AttachmentState state(String attachment) {
        return world.decision("n").attachments().stream()
                .filter(state -> state.attachment().equals(attachment))
                .findFirst()
                .orElseThrow();
    }
}
