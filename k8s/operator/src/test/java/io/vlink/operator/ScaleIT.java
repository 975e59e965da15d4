package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import io.vlink.operator.network.L2Network;
import io.vlink.operator.network.L2NetworkStatus;
import io.vlink.operator.webhook.WebhookServer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many networks and pods at once: 50 and 100, or as many as {@code -Dscale.networks} says. The test plays the kubelets,
 * Multus and the switches. It prints the duration of each step without a limit on it.
 */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class ScaleIT {

    private static final int NETWORKS = Integer.getInteger("scale.networks", 50);
    private static final int PODS = 2 * NETWORKS;
    private static final List<String> NODES = List.of("node-a", "node-e");
    private static final List<DatapathId> SWITCHES = List.of(DatapathId.of("a"), DatapathId.of("e"));

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    WebhookServer webhook;

    private final ApiServer api = ApiServer.shared();
    private final KubernetesClient client = api.client();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Others others;

    private String namespace = "";

    @BeforeEach
    void begin() {
        others = new Others(kafka);
        namespace = api.namespace();
        await().until(() -> webhook.port() > 0);
        api.letAskAboutPods(webhook.port());
        for (int i = 0; i < NODES.size(); i++) {
            ResourceId id = new ResourceId("o", NODES.get(i));
            others.publish(
                    Topic.NODES,
                    "o",
                    id.toString(),
                    new Node(id, 1, false, Instant.EPOCH, new NodeSpec(SWITCHES.get(i), null, null, false)));
        }
    }

    @AfterEach
    void end() {
        others.close();
    }

    @Test
    void manyNetworksWithTwoPodsEachComeAndGo() throws ExecutionException, InterruptedException {
        // Given
        Instant begun = Instant.now();
        StringBuilder took = new StringBuilder();

        // When
        atOnce(NETWORKS, i -> () -> client.resource(network(i)).create());
        await().until(() -> recorded("DeclareNetwork") == NETWORKS);
        took.append("networks recorded %s; ".formatted(since(begun)));

        List<Pod> pods = atOnce(PODS, i -> () -> client.resource(pod(i)).create());
        took.append("pods admitted %s; ".formatted(since(begun)));
        assertThat(pods.stream()
                        .map(pod -> pod.getMetadata().getAnnotations().get("k8s.v1.cni.cncf.io/networks"))
                        .distinct())
                .hasSize(PODS);
        atOnce(PODS, i -> () -> plugged(pods.get(i), i));
        await().until(() -> recorded("DeclareAttachment") == PODS);
        took.append("pods attached %s; ".formatted(since(begun)));

        for (int i = 0; i < NETWORKS; i++) {
            NetworkId id = new NetworkId("o", namespace, "net-" + i);
            others.status(id, others.generation(id.toString()), Phase.READY, type -> true);
        }

        // Then
        await().until(() -> statuses().stream()
                        .filter(status -> status.internalConnectivity() == L2NetworkStatus.Connectivity.AVAILABLE
                                && Integer.valueOf(2).equals(status.connectedPodCount())
                                && status.assignedIPs() != null
                                && status.assignedIPs().size() == 2)
                        .count()
                == NETWORKS);
        took.append("all Ready with 2 pods %s; ".formatted(since(begun)));

        // When: they are deleted
        atOnce(PODS, i -> () -> client.resource(pods.get(i)).withGracePeriod(0).delete());
        for (int i = 0; i < PODS; i++) {
            others.publish(Topic.PORTS, SWITCHES.get(i % 2).toString(), port(i).toString(), null);
        }
        await().until(() -> recorded("WithdrawAttachment") == PODS);
        took.append("pods gone and detached %s; ".formatted(since(begun)));
        atOnce(NETWORKS, i -> () -> client.resource(network(i)).delete());
        await().until(() -> client.resources(L2Network.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .isEmpty());
        took.append("networks gone ").append(since(begun));

        System.out.println("Scale: " + took);
    }

    private static String since(Instant begun) {
        return "%.1f s".formatted(Duration.between(begun, Instant.now()).toMillis() / 1000.0);
    }

    private long recorded(String type) {
        return others.requests(namespace, type).stream()
                .map(request -> request.path("id"))
                .map(JsonNode::asText)
                .distinct()
                .count();
    }

    private List<L2NetworkStatus> statuses() {
        return client.resources(L2Network.class).inNamespace(namespace).list().getItems().stream()
                .map(L2Network::getStatus)
                .filter(Objects::nonNull)
                .toList();
    }

    private L2Network network(int i) {
        return client.getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: l2sm.l2sm.k8s.local/v1
                        kind: L2Network
                        metadata: {name: net-%d, namespace: %s}
                        spec:
                          type: vlink
                          overlay: o
                          networkCIDR: 10.%d.%d.0/24
                          vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e}}
                        """.formatted(i, namespace, i / 256, i % 256), L2Network.class);
    }

    private Pod pod(int i) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("pod-" + i)
                .addToLabels("l2sm", "true")
                .addToAnnotations("l2sm/networks", "net-" + i / 2)
                .endMetadata()
                .withNewSpec()
                .withNodeName(NODES.get(i % 2))
                .addNewContainer()
                .withName("c")
                .withImage("x")
                .endContainer()
                .endSpec()
                .build();
    }

    private static SwitchPort port(int i) {
        return new SwitchPort(SWITCHES.get(i % 2), PortNumber.of(i + 1));
    }

    private Pod plugged(Pod pod, int i) {
        others.publish(
                Topic.PORTS,
                SWITCHES.get(i % 2).toString(),
                port(i).toString(),
                new Port(
                        port(i),
                        1,
                        true,
                        "veth" + i,
                        "02:00:00:00:00:01",
                        true,
                        0,
                        1500,
                        new Plug(pod.getMetadata().getUid(), "net1")));
        return client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"metadata": {"annotations": {"k8s.v1.cni.cncf.io/network-status":
                          "[{\\"name\\":\\"%s/ip.net-%d\\",\\"interface\\":\\"net1\\"}]"}}}""".formatted(namespace, i / 2));
    }

    private static <T> List<T> atOnce(int count, IntFunction<Callable<T>> each)
            throws ExecutionException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(16)) {
            List<Future<T>> begun = IntStream.range(0, count)
                    .mapToObj(each)
                    .map(threads::submit)
                    .collect(Collectors.toList());
            List<T> done = new ArrayList<>();
            for (Future<T> one : begun) {
                done.add(one.get());
            }
            return done;
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(500));
    }
}
