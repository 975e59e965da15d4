package io.vlink.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import io.vlink.operator.cluster.Pods;
import io.vlink.operator.pool.PoolBook;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods on the ports of an existing installation of L2S-M's switches. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class PoolIT {

    private static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";
    private static final int PORTS = 4;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    WebhookServer webhook;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    PoolBook pools;

    private final ApiServer api = ApiServer.shared();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Others others;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Pods pods;

    private String namespace = "";
    private String overlay = "";

    @BeforeEach
    void begin() {
        others = new Others(kafka);
        namespace = api.namespace();
        overlay = "pool-" + namespace;
        pods = new Pods(api, others, namespace);
        await().until(() -> webhook.port() > 0);
        makePool(overlay);
        applyOverlay(overlay);
        api.letAskAboutPods(webhook.port());
        await().ignoreExceptions().untilAsserted(() -> assertThatThrownBy(
                        () -> pods.create("name: probe", "no-such-network", ""))
                .hasMessageContaining("the L2Network no-such-network does not exist in the namespace " + namespace));
        pods.network("net", ", overlay: " + overlay);
    }

    @AfterEach
    void end() {
        api.kubectl("delete", "pod", "-n", namespace, "--all", "--grace-period=0", "--force");
        others.close();
    }

    @Test
    void plugsAPodIntoAPortOfThePoolAndAttachesItByNumber() {
        // Given
        api.kubectl("label", "net-attach-def", "-n", namespace, overlay + "-veth1", "used-node-a=true");

        // When
        pods.create("name: p", "[{\"name\": \"net\", \"ips\": [\"10.1.0.2/24\"]}]", ", nodeName: node-a");

        // Then
        assertThat(pods.annotation("p", NETWORKS))
                .isEqualTo("[{\"name\":\"%s-veth2\",\"namespace\":\"%s\",\"ips\":[\"10.1.0.2/24\"]}]"
                        .formatted(overlay, namespace));
        assertThat(used(2)).contains("\"used-node-a\":\"true\"").doesNotContain("node-e");

        // When
        pods.multusSays("p", namespace + "/" + overlay + "-veth2");

        // Then
        String attachment = "/net/pod.p.%s.net1".formatted(pods.uid("p").substring(0, 8));
        await().until(() -> !others.requests(attachment, "DeclareAttachment").isEmpty());
        assertThat(others.requests(attachment, "DeclareAttachment")
                        .getLast()
                        .path("spec")
                        .toString())
                .startsWith("{\"node\":\"node-a\",\"port\":\"2\"");
        assertThat(others.requests(overlay + "/node-a", "DeclareNode").getLast().path("spec"))
                .hasToString("{\"datapathId\":\"e5e40be8c6b4bf54\",\"maintenance\":false}");

        // When
        pods.kill("p");

        // Then
        await().until(() -> !others.requests(attachment, "WithdrawAttachment").isEmpty());
        await().untilAsserted(() -> assertThat(used(2)).doesNotContain("used-node-a"));
        // A label set by others.
        assertThat(used(1)).contains("\"used-node-a\":\"true\"");
    }

    @Test
    void assignsNoPortTwiceAndNoneInADryRun() throws ExecutionException, InterruptedException {
        // When
        Set<String> given = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(PORTS)) {
            List<Future<String>> made = IntStream.range(0, PORTS)
                    .mapToObj(i -> threads.submit(() -> pods.create("generateName: p-", "net", "")))
                    .toList();
            for (Future<String> pod : made) {
                given.add(pods.annotation(pod.get(), NETWORKS).replaceAll(".*(veth[0-9]+).*", "$1"));
            }
        }

        // Then
        assertThat(given).containsExactlyInAnyOrder("veth1", "veth2", "veth3", "veth4");
        // The pods are not placed yet.
        assertThat(used(1)).contains("used-node-a", "used-node-e");
        assertThatThrownBy(() -> pods.create("name: late", "net", ", nodeName: node-a"))
                .hasMessageContaining("all ports of the pool of the Overlay %s are in use".formatted(overlay));
    }

    @Test
    void releasesThePortsOnOtherNodesOnceThePodIsPlaced() {
        // Given
        pods.create("name: p", "net", "");
        assertThat(used(1)).contains("used-node-a", "used-node-e");
        assertThat(pods.annotation("p", NETWORKS)).contains("\"ips\":[\"fe80::");

        // When
        api.kubectlWith(
                "{\"apiVersion\": \"v1\", \"kind\": \"Binding\", \"metadata\": {\"name\": \"p\"}, \"target\": {\"apiVersion\": \"v1\", \"kind\": \"Node\", \"name\": \"node-e\"}}",
                "create",
                "--raw",
                "/api/v1/namespaces/%s/pods/p/binding".formatted(namespace),
                "-f",
                "-");

        // Then
        await().untilAsserted(() -> assertThat(used(1)).contains("used-node-e").doesNotContain("used-node-a"));
        pods.create("name: q", "net", ", nodeName: node-a");
        assertThat(pods.annotation("q", NETWORKS)).contains(overlay + "-veth1");
    }

    @Test
    void followsAPoolCreatedAfterItsOverlay() {
        // Given
        String late = "late-" + namespace;
        applyOverlay(late);
        await().until(() -> !others.requests(late + "/node-a", "DeclareNode").isEmpty());

        // When
        makePool(late);
        await().until(() -> pools.of(late) != null);
        pods.network("slow", ", overlay: " + late);
        pods.create("name: p", "slow", ", nodeName: node-a");

        // Then
        assertThat(used(late, 1)).contains("used-node-a");

        // When
        pods.kill("p");

        // Then
        await().untilAsserted(() -> assertThat(used(late, 1)).doesNotContain("used-node-a"));
    }

    private void makePool(String name) {
        for (int i = 1; i <= PORTS; i++) {
            api.kubectlWith("""
                    apiVersion: k8s.cni.cncf.io/v1
                    kind: NetworkAttachmentDefinition
                    metadata: {name: %s-veth%d, labels: {app: l2sm, overlay: %s}}
                    spec: {config: '{"cniVersion": "0.3.0", "type": "bridge", "bridge": "br%d", "ipam": {"type": "static"}}'}
                    """.formatted(name, i, name, i), "apply", "-n", namespace, "-f", "-");
        }
    }

    private void applyOverlay(String name) {
        api.kubectlWith(
                "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: Overlay, metadata: {name: %s}, spec: {interfaceNumber: %d, topology: {nodes: [node-a, node-e]}}}"
                        .formatted(name, PORTS),
                "apply",
                "-n",
                namespace,
                "-f",
                "-");
    }

    private String used(int port) {
        return used(overlay, port);
    }

    private String used(String overlay, int port) {
        return api.kubectl(
                "get",
                "net-attach-def",
                "-n",
                namespace,
                overlay + "-veth" + port,
                "-o",
                "jsonpath={.metadata.labels}");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
