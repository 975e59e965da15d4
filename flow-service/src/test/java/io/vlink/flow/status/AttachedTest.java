package io.vlink.flow.status;

import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.endpoint;
import static io.vlink.flow.sample.Sample.withEndpoints;
import static io.vlink.flow.status.SaidCondition.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.Route;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.Phase;
import io.vlink.flow.sample.Replay;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what a status says about attachments and their ports. */
class AttachedTest {

    private static final Impairment LINK_DOWN =
            new Impairment("$.path.links[1]", ImpairmentReason.LINK_DOWN, "The link link-cd is down.");

    @Test
    void reportsTheReservationAndTheMissingAttachment() {
        // When
        Replay replay = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEndpoints(GUIDE, endpoint('a', "ping", 11), endpoint('e', null, null))));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(replay.status().forward()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(replay.status().reverse()).containsExactly("node-e", "node-d", "node-b", "node-a");
        says(
                replay,
                Condition.Type.ACCEPTED,
                Truth.TRUE,
                "Admitted",
                "Reserved: forward over node-a, node-c, node-d, node-e (20 Mbit/s, 0.6 ms);"
                        + " reverse over node-e, node-d, node-b, node-a (best effort, 0.6 ms).");
        says(replay, Condition.Type.ATTACHED, Truth.FALSE, "WaitingForAttachment", "node-e waits for an attachment.");
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "WaitingForAttachment",
                "Rules are installed once both endpoints are attached.");
        says(replay, Condition.Type.READY, Truth.FALSE, "WaitingForAttachment", "node-e waits for an attachment.");
        assertThat(replay.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
    }

    @Test
    void reportsWhyAnAttachmentCannotBeUsed() {
        // Given
        AttachmentState lost = new AttachmentState(
                "pong", "node-e", true, "PortUnknown", "The port pong0 of node-e is not there: no such port.");

        // When
        Replay replay = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEndpoints(GUIDE, endpoint('a', "ping", 11), endpoint('e', "pong", null)))
                        .attachments(lost));

        // Then
        says(
                replay,
                Condition.Type.ATTACHED,
                Truth.FALSE,
                "PortUnknown",
                "The port pong0 of node-e is not there: no such port.");
        assertThat(replay.status().attachments()).containsExactly(lost);
    }

    @Test
    void reportsFaultsOfAnAttachmentThatHoldsItsEndpoint() {
        // Given
        AttachmentState large = new AttachmentState("ping", "node-a", true, "MtuTooLarge", "Its frames are too large.");
        AttachmentState second = new AttachmentState("spare", "node-a", false, "EndTaken", "The end is taken.");

        // When
        Replay replay = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEndpoints(GUIDE, endpoint('a', "ping", 11), endpoint('e', "pong", 12)))
                        .attachments(large, second))
                .applyAll();

        // Then
        says(
                replay,
                Condition.Type.ATTACHED,
                Truth.TRUE,
                "Attached",
                "ping at port 11 of node-a and pong at port 12 of node-e. Its frames are too large.");
    }

    @Test
    void namesTheLinkWhosePortDoesNotExist() {
        // Given
        Route forward = GUIDE.route(Direction.FORWARD)
                .withLanes(lane -> lane.link().equals("link-ac") ? lane.at(null, null, lane.inPort(), null) : lane);

        // When
        Replay replay = new Replay()
                .decide(decision(1, 1).admitted(GUIDE.withRoutes(List.of(forward, GUIDE.route(Direction.REVERSE)))));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.WAITING);
        says(
                replay,
                Condition.Type.ATTACHED,
                Truth.TRUE,
                "Attached",
                "ping at port 11 of node-a and pong at port 12 of node-e.");
        says(
                replay,
                Condition.Type.READY,
                Truth.FALSE,
                "PortUnknown",
                "node-a does not have the port that link link-ac names in its \"from\".");
    }

    @Test
    void namesTheEndpointWhosePortPassesNoTrafficAndRecovers() {
        // Given
        Replay replay = live();
        AttachmentState down = new AttachmentState("ping", "node-a", true, "PortDown", "The port ping is down.", true);

        // When
        replay.decide(decision(1, 4).admitted(GUIDE).attachments(down));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.DEGRADED);
        says(replay, Condition.Type.ATTACHED, Truth.FALSE, "PortDown", "The port ping is down.");
        says(replay, Condition.Type.READY, Truth.FALSE, "PortDown", "The port ping is down.");
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);
        assertThat(replay.written).isEmpty();

        // When
        replay.decide(decision(1, 5).admitted(GUIDE));

        // Then
        assertThat(replay.condition(Condition.Type.ATTACHED).status()).isEqualTo(Truth.TRUE);
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void namesALinkThatIsDownBeforeAnEndpointWhosePortIsDown() {
        Replay replay = live();

        replay.decide(decision(1, 4)
                .admitted(GUIDE)
                .impaired(LINK_DOWN)
                .attachments(new AttachmentState("ping", "node-a", true, "NoReceive", "It takes nothing.", true)));

        says(replay, Condition.Type.READY, Truth.FALSE, "LinkDown", "The link link-cd is down. It takes nothing.");
        says(replay, Condition.Type.ATTACHED, Truth.FALSE, "NoReceive", "It takes nothing.");
    }

    @Test
    void isNotReadyUntilTheWorkloadThatTookOverAnEndpointIsConnected() {
        // Given
        Replay replay = live();

        // When
        replay.decide(decision(1, 4)
                .admitted(withEndpoints(GUIDE, GUIDE.endpoints().getFirst(), endpoint('e', "pong-2", 13))));

        // Then
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        replay.restart();
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        replay.applyAll();
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }
}
