package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import io.vlink.operator.messaging.OperatorLog;
import io.vlink.operator.messaging.Requests;
import io.vlink.operator.network.L2Network;
import io.vlink.operator.network.L2NetworkReconciler;
import io.vlink.operator.overlay.Overlay;
import io.vlink.operator.overlay.OverlayReconciler;
import io.vlink.operator.request.OnBehalf;
import io.vlink.operator.request.OperatorRequest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Reconciliations that still run while the SDK empties its caches. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class StoppingIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    KubernetesClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    OverlayReconciler overlays;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    L2NetworkReconciler networks;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    OperatorLog view;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    Requests requests;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    Stopping stopping;

    private final ApiServer api = ApiServer.shared();

    @Test
    void keepsTunnelsAndAttachmentsThoughEveryNodeAndPodSeemsDeleted() {
        String namespace = api.namespace();
        String overlay = "ovl-" + namespace;
        String node = "n-" + namespace;
        NetworkId network = new NetworkId(overlay, namespace, "net");
        AttachmentId attachment = new AttachmentId(network, "pod.x.0123abcd.net1");
        try (Others others = new Others(kafka)) {
            // Given: a node with a tunnel address, and a network
            api.kubectlWith("{apiVersion: v1, kind: Node, metadata: {name: %s}}".formatted(node), "create", "-f", "-");
            api.kubectl(
                    "patch",
                    "node",
                    node,
                    "--subresource=status",
                    "-p",
                    "{\"status\": {\"addresses\": [{\"type\": \"InternalIP\", \"address\": \"10.7.0.1\"}]}}");
            apply("Overlay", namespace, overlay, "{topology: {nodes: [%s]}}".formatted(node));
            await().untilAsserted(() ->
                    assertThat(tunnelAddresses(others, overlay + "/" + node)).endsWith("10.7.0.1"));
            List<String> before = tunnelAddresses(others, overlay + "/" + node);
            apply(
                    "L2Network",
                    namespace,
                    "net",
                    "{type: vlink, overlay: %s, vlink: {path: {fromEndpoint: %s, toEndpoint: x}}}"
                            .formatted(overlay, node));
            await().untilAsserted(() ->
                    assertThat(others.generation(network.toString())).isPositive());
            await().untilAsserted(() -> assertThat(
                            resource(L2Network.class, namespace, "net").getStatus())
                    .matches(status -> status != null && status.ownedSince() != null));

            // When: the operator is being stopped, and reconciliations find nothing in the caches
            stopping.begin();
            others.publish(
                    Topic.ATTACHMENTS,
                    overlay,
                    attachment.toString(),
                    new Attachment(
                            attachment,
                            1,
                            false,
                            Instant.EPOCH,
                            new AttachmentSpec(node, new PortLocator("veth1"), List.of())));
            await().untilAsserted(() ->
                    assertThat(view.networks().attachments(network)).hasSize(1));
            boolean overlayKept = overlays.reconcile(resource(Overlay.class, namespace, overlay), emptied())
                    .isNoUpdate();
            boolean networkKept = networks.reconcile(resource(L2Network.class, namespace, "net"), emptied())
                    .isNoUpdate();

            // Then: nothing was requested until the last request of this test
            OperatorRequest last = OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NODE, overlay + "/last");
            requests.ask(last, OnBehalf.overlay(overlay), Instant.now());
            await().untilAsserted(() -> assertThat(others.requests(last.id())).isNotEmpty());
            assertThat(tunnelAddresses(others, overlay + "/" + node)).isEqualTo(before);
            assertThat(others.requests(attachment.toString())).isEmpty();
            assertThat(overlayKept).isTrue();
            assertThat(networkKept).isTrue();
        }
    }

    private <T extends HasMetadata> T resource(Class<T> kind, String namespace, String name) {
        return client.resources(kind).inNamespace(namespace).withName(name).require();
    }

    private static List<String> tunnelAddresses(Others others, String node) {
        return others.requests(node, "DeclareNode").stream()
                .map((JsonNode request) -> request.at("/spec/tunnelAddress").asText("none"))
                .toList();
    }

    /** Returns the context of a reconciliation after the SDK emptied its caches. */
    @SuppressWarnings("unchecked")
    private static <T extends HasMetadata> Context<T> emptied() {
        return (Context<T>) Proxy.newProxyInstance(
                StoppingIT.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, values) -> {
                    if (method.getName().equals("getSecondaryResources")) {
                        return Set.of();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private void apply(String kind, String namespace, String name, String spec) {
        api.kubectlWith(
                "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: %s, metadata: {name: %s}, spec: %s}"
                        .formatted(kind, name, spec),
                "apply",
                "-n",
                namespace,
                "-f",
                "-");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
