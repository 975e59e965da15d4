package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.switches.Hindrance;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Hindrances of ports affect their links and workloads: at either end, in the direction concerned. */
final class HinderedPortsTest {

    private static final Hindrance NO_FORWARD = new Hindrance("NoForward", "The port is set to no-forward: mend it.");
    private static final Hindrance NO_RECEIVE = new Hindrance("NoReceive", "The port is set to no-receive: mend it.");

    private final World world = World.ofTheGuide();

    @Test
    void aLinkWhoseSendingPortIsDownIsDown() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide());
        Circuit before = world.admitted("n");

        // When
        PathDecision down = world.portUp("node-c", "to-d", false).decide("n");

        // Then
        assertThat(down.current()).isEqualTo(before);
        assertThat(World.bare(down.impairments()))
                .containsExactly(new Impairment(
                        "$.path.links[1]",
                        ImpairmentReason.LINK_DOWN,
                        "The link link-cd is down (PortDown): The port to-d of node node-c is down."));
        assertThat(world.restart().made()).isEmpty();
        assertThat(world.portUp("node-c", "to-d", true).decide("n").impairments())
                .isEmpty();
    }

    @Test
    void aFlagOfTheSendingPortAffectsThatDirectionOnly() {
        // Given
        world.declare("there", VlinkRequest.path("ac", "cd")).act();

        // When
        PathDecision flagged =
                world.hindered("node-d", "to-c", NO_FORWARD, null).decide("there");

        // Then The reverse path mirrors the forward path: link-dc begins at that port.
        assertThat(flagged.impairments()).singleElement().satisfies(impairment -> {
            assertThat(impairment.reason()).isEqualTo("LinkDown");
            assertThat(impairment.message()).startsWith("The link link-dc is down (NoForward)");
        });
        // Whether frames may enter is reported by the receiver's gateway, in the state of the link.
        assertThat(world.hindered("node-d", "to-c", null, NO_RECEIVE)
                        .decide("there")
                        .impairments())
                .isEmpty();
    }

    @Test
    void aCutReportedByBothEndsIsReportedOnce() {
        world.declare("n", VlinkRequest.ofTheGuide()).act();
        PathDecision first = world.portUp("node-c", "to-d", false).decide("n");

        assertThat(world.down("link-cd").act().made()).isEmpty();

        // When one end is repaired, the other outage is reported.
        PathDecision left = world.portUp("node-c", "to-d", true).decide("n");
        assertThat(left.impairments()).isNotEqualTo(first.impairments());
        assertThat(World.bare(left.impairments()))
                .singleElement()
                .satisfies(impairment -> assertThat(impairment.message()).endsWith("(PortDown): its port is down."));
    }

    @Test
    void aLinkWhoseSendingPortIsGoneIsDown() {
        world.declare("n", VlinkRequest.ofTheGuide()).act();
        long number = world.port("node-c", "to-d").value();

        PathDecision gone = world.port("node-c", number, "to-d", false).decide("n");

        assertThat(gone.impairments()).singleElement().satisfies(impairment -> assertThat(impairment.message())
                .contains("link-cd", "PortUnknown", "to-d of node-c"));
    }

    @Test
    void aComputedPathMovesAwayFromAPortThatDoesNotSend() {
        // Given
        world.declare("n", VlinkRequest.computed("a", "d"));
        Circuit before = world.admitted("n");
        String second = before.route(Direction.FORWARD).links().get(1);
        String via = second.substring("link-".length(), "link-".length() + 1);

        // When
        PathDecision moved =
                world.hindered("node-" + via, "to-d", NO_FORWARD, null).decide("n");

        // Then
        assertThat(Objects.requireNonNull(moved.current())
                        .route(Direction.FORWARD)
                        .links())
                .doesNotContain(second);
        assertThat(moved.impairments()).isEmpty();
    }

    @Test
    void noNewPathCrossesALinkThatDoesNotSend() {
        world.hindered("node-c", "to-d", NO_FORWARD, null);

        PathDecision refused = world.declare("n", VlinkRequest.ofTheGuide()).decide("n");

        assertThat(refused.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).isEqualTo("LinkDown");
            assertThat(violation.message()).contains("link-cd", "NoForward");
        });
        assertThat(world.hindered("node-c", "to-d", null, null).decide("n").current())
                .isNotNull();
    }

    @Test
    void aWorkloadAtADownPortKeepsItsEndpoint() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide());
        world.attach("n", "ping", "node-a", "ping").attach("n", "pong", "node-e", "pong");
        Circuit before = world.admitted("n");
        assertThat(before.installable()).isTrue();

        // When
        PathDecision down = world.portUp("node-a", "ping", false).decide("n");

        // Then
        assertThat(down.current()).isEqualTo(before);
        assertThat(down.attachments().stream().map(World::bare))
                .contains(new AttachmentState(
                        "ping", "node-a", true, "PortDown", "The port ping of node-a is down.", true));

        // When
        PathDecision flagged =
                world.hindered("node-a", "ping", null, NO_RECEIVE).decide("n");

        // Then
        assertThat(flagged.attachments())
                .filteredOn(AttachmentState::cutsTraffic)
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.reason()).isEqualTo("NoReceive");
                    assertThat(World.bare(state).message()).isEqualTo(NO_RECEIVE.message());
                });
        assertThat(world.hindered("node-a", "ping", null, null).decide("n").attachments())
                .noneMatch(AttachmentState::cutsTraffic);
    }
}
