package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.broker.LocalBroker;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.OperatorProcess;
import io.vlink.operator.cluster.Others;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed operators, with leader election as in production. */
final class RestartIT {

    private static final String SPEC =
            "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: L2Network, metadata: {name: net}, spec: {type: vlink, overlay: o, vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e, capabilities: {bandwidthBits: %s}}}}}";

    private static final String OVERLAY =
            "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: Overlay, metadata: {name: away}, spec: {topology: {nodes: [node-a]}}}";

    private static final String OVERLAYS = "overlays.l2sm.l2sm.k8s.local";

    private final ApiServer api = ApiServer.shared();

    @TempDir
    Path data;

    @Test
    void catchesUpWithChangesMadeWhileNoOperatorRuns() {
        // Given
        String namespace = api.namespace();
        api.kubectl("apply", "-k", "../base", "--server-side", "--force-conflicts");
        // Nothing serves the webhook at that address here.
        api.kubectl("delete", "mutatingwebhookconfiguration,validatingwebhookconfiguration", "vlink-operator");
        String id = "o/" + namespace + "/net";
        // The resources are nested to close the broker last.
        try (LocalBroker broker = LocalBroker.start(0, data);
                OperatorProcess first = OperatorProcess.start(api.kubeconfig(), broker.bootstrapServers())) {
            await().untilAsserted(() -> assertThat(first.log()).contains("All topics have been read."));
            // The operators have only the permissions of the manifests; without those they could do nothing.
            try (OperatorProcess stranger =
                    OperatorProcess.startAs("nobody", api.kubeconfig(), broker.bootstrapServers())) {
                await().untilAsserted(() -> assertThat(stranger.log()).contains("forbidden", "vlink-system:nobody"));
            }
            assertThat(first.log()).doesNotContain("forbidden");
            try (Others others = new Others(broker.bootstrapServers());
                    OperatorProcess second = OperatorProcess.start(api.kubeconfig(), broker.bootstrapServers())) {
                await().untilAsserted(() -> assertThat(second.log()).contains("All topics have been read."));

                // When
                apply(namespace, "20M");

                // Then
                await().untilAsserted(() -> assertThat(others.generation(id)).isPositive());
                assertThat(others.requests(id)).hasSize(1);
                assertThat(leader()).isNotEmpty();

                // When
                first.kill();
                apply(namespace, "30M");

                // Then
                long before = others.generation(id);
                await().untilAsserted(() -> assertThat(others.requests(id)
                                .getLast()
                                .path("spec")
                                .path("path")
                                .path("capabilities")
                                .path("bandwidthBits")
                                .asText())
                        .isEqualTo("30M"));
                assertThat(others.generation(id)).isGreaterThanOrEqualTo(before);

                // When
                second.kill();
                api.kubectl("delete", "-n", namespace, "l2n", "net", "--wait=false");
                assertThat(others.generation(id)).isPositive();
                try (OperatorProcess third = OperatorProcess.start(api.kubeconfig(), broker.bootstrapServers())) {
                    // Then
                    await().untilAsserted(() -> assertThat(api.kubectl("get", "-n", namespace, "l2n", "-o", "name"))
                            .as(third.log())
                            .isEmpty());
                }
                assertThat(second.log()).doesNotContain("forbidden");
                assertThat(others.generation(id)).isZero();
            }
        }
    }

    @Test
    void anOverlayKeepsWhatItOwnsWhileKafkaIsAway() {
        // Given: an overlay with a status from another operator
        String namespace = api.namespace();
        api.kubectl("apply", "-k", "../base", "--server-side", "--force-conflicts");
        api.kubectl("delete", "mutatingwebhookconfiguration,validatingwebhookconfiguration", "vlink-operator");
        api.kubectlWith(OVERLAY, "apply", "-n", namespace, "-f", "-");
        patch(
                namespace,
                "{\"status\": {\"ownedNodes\": [\"node-a\"], \"ownedLinks\": [\"link-ab\"]}}",
                "--subresource=status");

        // When
        try (OperatorProcess operator = OperatorProcess.start(api.kubeconfig(), "127.0.0.1:1")) {
            await().untilAsserted(() -> assertThat(shown(namespace, "{.status.conditions[*].reason}"))
                    .as(operator.log())
                    .isEqualTo("NotRead NotRead"));
        }

        // Then
        assertThat(shown(namespace, "{.status.ownedNodes} {.status.ownedLinks}"))
                .isEqualTo("[\"node-a\"] [\"link-ab\"]");
        patch(namespace, "{\"metadata\": {\"finalizers\": null}}");
        api.kubectl("delete", OVERLAYS, "away", "-n", namespace);
    }

    @Test
    void anOperatorThatStartsBeforeTheApiServerAnswersWaitsForIt() {
        // Given: the operator's rights, and a much shorter timeout than the default
        api.kubectl("apply", "-k", "../base", "--server-side", "--force-conflicts");
        api.kubectl("delete", "mutatingwebhookconfiguration,validatingwebhookconfiguration", "vlink-operator");
        Map<String, String> impatient = Map.of("kubernetes.request.timeout", "500");
        try (LocalBroker broker = LocalBroker.start(0, data)) {
            api.pause();
            try (OperatorProcess operator =
                    OperatorProcess.startWith(impatient, api.kubeconfig(), broker.bootstrapServers())) {
                // Then: probes are answered meanwhile, otherwise kubelet would end it
                await().untilAsserted(() ->
                        assertThat(operator.log()).contains("will retry").contains("Listening on: "));

                // When
                api.goOn();

                // Then
                await().untilAsserted(() -> assertThat(operator.log())
                        .contains("'overlay' controller started", "'l2network' controller started", "New leader"));
                assertThat(operator.runs()).isTrue();
            } finally {
                api.goOn();
            }
        }
    }

    private void patch(String namespace, String document, String... more) {
        api.kubectl(Stream.concat(
                        Stream.of("patch", OVERLAYS, "away", "-n", namespace, "--type=merge", "-p", document),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private String shown(String namespace, String path) {
        return api.kubectl("get", OVERLAYS, "away", "-n", namespace, "-o", "jsonpath=" + path);
    }

    private String leader() {
        return api.kubectl(
                "get", "-n", "vlink-system", "lease", "vlink-operator", "-o", "jsonpath={.spec.holderIdentity}");
    }

    private void apply(String namespace, String bandwidth) {
        api.kubectlWith(SPEC.formatted(bandwidth), "apply", "-n", namespace, "-f", "-");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }
}
