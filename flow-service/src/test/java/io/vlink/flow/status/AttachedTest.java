package io.vlink.flow.status;

import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.end;
import static io.vlink.flow.sample.Sample.withEnds;
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

/** Tests what a status says of attachments and their ports. */
class AttachedTest {

    private static final Impairment LINK_DOWN =
            new Impairment("$.path.links[1]", ImpairmentReason.LINK_DOWN, "The link link-cd is down.");

    @Test
    void reportsTheReservationAndTheMissingAttachment() {
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', null, null))));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(rehearsal.status().forward()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(rehearsal.status().reverse()).containsExactly("node-e", "node-d", "node-b", "node-a");
        says(
                rehearsal,
                Condition.Type.ACCEPTED,
                Truth.TRUE,
                "Admitted",
                "Reserved: forward over node-a, node-c, node-d, node-e (20 Mbit/s, 0.6 ms);"
                        + " reverse over node-e, node-d, node-b, node-a (best effort, 0.6 ms).");
        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.FALSE,
                "WaitingForAttachment",
                "node-e waits for an attachment.");
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "WaitingForAttachment",
                "Rules are installed once both endpoints are attached.");
        says(rehearsal, Condition.Type.READY, Truth.FALSE, "WaitingForAttachment", "node-e waits for an attachment.");
        assertThat(rehearsal.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
    }

    @Test
    void reportsWhyAnAttachmentCannotBeUsed() {
        AttachmentState lost = new AttachmentState(
                "pong", "node-e", true, "PortUnknown", "The port pong0 of node-e is not there: no such port.");
        Replay rehearsal = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', "pong", null)))
                        .attachments(lost));

        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.FALSE,
                "PortUnknown",
                "The port pong0 of node-e is not there: no such port.");
        assertThat(rehearsal.status().attachments()).containsExactly(lost);
    }

    @Test
    void reportsFaultsOfAnAttachmentThatHoldsItsEndpoint() {
        AttachmentState large = new AttachmentState("ping", "node-a", true, "MtuTooLarge", "Its frames are too large.");
        AttachmentState second = new AttachmentState("spare", "node-a", false, "EndTaken", "The end is taken.");
        Replay rehearsal = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', "pong", 12)))
                        .attachments(large, second))
                .applyAll();

        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.TRUE,
                "Attached",
                "ping at port 11 of node-a and pong at port 12 of node-e. Its frames are too large.");
    }

    @Test
    void namesTheLinkWhosePortDoesNotExist() {
        Route forward = GUIDE.route(Direction.FORWARD)
                .withLanes(lane -> lane.link().equals("link-ac") ? lane.at(null, null, lane.inPort(), null) : lane);
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(GUIDE.withRoutes(List.of(forward, GUIDE.route(Direction.REVERSE)))));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.WAITING);
        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.TRUE,
                "Attached",
                "ping at port 11 of node-a and pong at port 12 of node-e.");
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.FALSE,
                "PortUnknown",
                "node-a does not have the port that link link-ac names in its \"from\".");
    }

    @Test
    void namesTheEndpointWhosePortPassesNoTrafficAndRecovers() {
        // Given
        Replay rehearsal = live();
        AttachmentState down = new AttachmentState("ping", "node-a", true, "PortDown", "The port ping is down.", true);

        // When
        rehearsal.decide(decision(1, 4).admitted(GUIDE).attachments(down));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
        says(rehearsal, Condition.Type.ATTACHED, Truth.FALSE, "PortDown", "The port ping is down.");
        says(rehearsal, Condition.Type.READY, Truth.FALSE, "PortDown", "The port ping is down.");
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);
        assertThat(rehearsal.written).isEmpty();

        // When
        rehearsal.decide(decision(1, 5).admitted(GUIDE));

        // Then
        assertThat(rehearsal.condition(Condition.Type.ATTACHED).status()).isEqualTo(Truth.TRUE);
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void namesALinkThatIsDownBeforeAnEndpointWhosePortIsDown() {
        Replay rehearsal = live();

        rehearsal.decide(decision(1, 4)
                .admitted(GUIDE)
                .impaired(LINK_DOWN)
                .attachments(new AttachmentState("ping", "node-a", true, "NoReceive", "It takes nothing.", true)));

        says(rehearsal, Condition.Type.READY, Truth.FALSE, "LinkDown", "The link link-cd is down. It takes nothing.");
        says(rehearsal, Condition.Type.ATTACHED, Truth.FALSE, "NoReceive", "It takes nothing.");
    }

    @Test
    void isNotReadyUntilTheWorkloadThatTookOverAnEndpointIsConnected() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(1, 4).admitted(withEnds(GUIDE, GUIDE.ends().getFirst(), end('e', "pong-2", 13))));

        // Then
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        rehearsal.restart();
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        rehearsal.applyAll();
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }
}
