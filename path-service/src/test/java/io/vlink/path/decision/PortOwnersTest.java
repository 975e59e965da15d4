package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.Direction;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.reasons.Violation;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.LiveVlink;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A port goes to its first user, and stays with it until switches confirmed the removal of its circuits. */
final class PortOwnersTest {

    private final World world = LiveVlink.world();
    private final Circuit before = world.admitted("live");

    @Test
    void aLiveWorkloadKeepsItsPortWhenALinkIsDeclaredThere() {
        // When
        world.link("ae", spec -> Edits.at(spec, Edits.end("node-a", "tap-1"), spec.to()))
                .act();
        world.link("ea", spec -> Edits.at(spec, spec.from(), Edits.end("node-a", "tap-1")));
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
        assertThat(world.state("live", "ping").reason()).isEqualTo("PortIsLink");
    }

    @Test
    void theOldPortOfAMovedLinkStaysClosedUntilItsCircuitsAreGone() {
        // Given
        world.port("node-c", 40, "to-d2", true).port("node-d", 41, "to-c2", true);
        world.editLink("link-cd", spec -> Edits.at(spec, Edits.end("node-c", "to-d2"), Edits.end("node-d", "to-c2")));
        world.declare("other", VlinkRequest.path("de")).attach("other", "w", "node-d", "to-c");

        // When
        world.act();

        // Then
        assertThat(world.state("other", "w").reason()).isEqualTo("PortIsLink");
        world.restart();
        assertThat(world.state("other", "w").reason()).isEqualTo("PortIsLink");
        world.editLink("link-dc", spec -> Edits.at(spec, Edits.end("node-d", "to-c2"), Edits.end("node-c", "to-d2")))
                .act();
        world.confirmRemoved("live").act();
        assertThat(world.state("other", "w").holds()).isTrue();
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

        assertThat(world.state("other", "w").reason()).isEqualTo("PortIsLink");
    }

    @Test
    void networksInOtherNamespacesAreNotDisclosed() {
        // Given
        NetworkId foreign = new NetworkId("o", "elsewhere", "foreign");
        world.take(new Network(
                foreign, 1, false, world.now(), VlinkRequest.ofTheGuide().spec()));
        world.take(new Attachment(
                new AttachmentId(foreign, "w"),
                1,
                false,
                world.now(),
                new AttachmentSpec("node-a", PortLocator.of("tap-1"), List.of())));

        // When
        world.act();

        // Then
        assertThat(World.bare(world.state("foreign", "w")).message())
                .isEqualTo("The port tap-1 of node-a (number %d) is taken by a network of another namespace."
                        .formatted(Objects.requireNonNull(
                                        before.endpoints().getFirst().port())
                                .value()));
    }

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
}
