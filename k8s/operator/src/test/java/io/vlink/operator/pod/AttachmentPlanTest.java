package io.vlink.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.operator.request.OperatorRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AttachmentPlanTest {

    private static final NetworkId NETWORK = new NetworkId("o", "ns", "n");
    private static final String UID = "0123abcd-0000-4000-8000-000000000000";
    private static final AttachmentPlan.Ports PORTS = (uid, name) -> new AttachmentPlan.PodPort("node-a", "veth1");

    @Test
    void aPluggedPodGetsAnAttachment() {
        List<OperatorRequest> requests = AttachmentPlan.of(NETWORK, List.of(pod(false, "net1")), PORTS, List.of());

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.id()).isEqualTo("o/ns/n/pod.ping.0123abcd.net1");
            assertThat(request.spec())
                    .hasToString("{\"node\":\"node-a\",\"port\":\"veth1\",\"ips\":[\"10.0.0.1/24\"]}");
        });
    }

    @Test
    void requestsNothingWhileThePortIsUnknownOrTheAttachmentIsRight() {
        assertThat(AttachmentPlan.of(NETWORK, List.of(pod(false, "net1")), (uid, name) -> null, List.of()))
                .isEmpty();
        assertThat(AttachmentPlan.of(
                        NETWORK,
                        List.of(pod(false, "net1")),
                        PORTS,
                        List.of(attachment("pod.ping.0123abcd.net1", "veth1"))))
                .isEmpty();
    }

    @Test
    void keepsTheAttachmentWhileTheSwitchIsAway() {
        assertThat(AttachmentPlan.of(
                        NETWORK,
                        List.of(pod(false, "net1")),
                        (uid, name) -> null,
                        List.of(attachment("pod.ping.0123abcd.net1", "veth1"))))
                .isEmpty();
    }

    @Test
    void followsThePort() {
        assertThat(AttachmentPlan.of(
                        NETWORK,
                        List.of(pod(false, "net1")),
                        PORTS,
                        List.of(attachment("pod.ping.0123abcd.net1", "old"))))
                .singleElement()
                .extracting(OperatorRequest::verb)
                .isEqualTo(OperatorRequest.Verb.DECLARE_ATTACHMENT);
    }

    @Test
    void withdrawsTheAttachmentWhenThePodIsGoneOrHasEnded() {
        Attachment there = attachment("pod.ping.0123abcd.net1", "veth1");

        for (List<NetworkPod> pods : List.of(List.<NetworkPod>of(), List.of(pod(true, "net1")))) {
            assertThat(AttachmentPlan.of(NETWORK, pods, PORTS, List.of(there)))
                    .containsExactly(OperatorRequest.withdraw(
                            OperatorRequest.Verb.WITHDRAW_ATTACHMENT, "o/ns/n/pod.ping.0123abcd.net1"));
        }
    }

    @Test
    void doesNotTouchAttachmentsOfOtherOwners() {
        assertThat(AttachmentPlan.of(
                        NETWORK, List.of(), PORTS, List.of(attachment("ping", "veth1"), attachment("pod.x", "v"))))
                .isEmpty();
    }

    private static Attachment attachment(String id, String port) {
        return new Attachment(
                new AttachmentId(NETWORK, id),
                1,
                false,
                Instant.EPOCH,
                new AttachmentSpec("node-a", new PortLocator(port), List.of("10.0.0.1/24")));
    }

    private static NetworkPod pod(boolean ended, String interfaceName) {
        return new NetworkPod(
                "ns",
                "ping",
                UID,
                "node-a",
                ended,
                "c",
                List.of(new NetworkRequest(null, "n", List.of(), null)),
                List.of(
                        new Multus.Plugged("ns/other", "eth0", List.of()),
                        new Multus.Plugged("ns/ip.n", interfaceName, List.of("10.0.0.1/24"))),
                Map.of());
    }
}
