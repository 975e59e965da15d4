package io.vlink.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
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
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pods created with kubectl: the API server calls the webhook over TLS. The test plays the kubelet, Multus and
 * switches.
 */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class PodsIT {

    private static final DatapathId SWITCH = DatapathId.of("a");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    WebhookServer webhook;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    Vertx vertx;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    KubernetesClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    PodAdmission admission;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    OverlayAdmission overlays;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    CertificateKeeper keeper;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    OperatorConfig config;

    @Inject
    @Readiness
    @SuppressWarnings("NullAway.Init") // set by the container
    ListeningCheck ready;

    private final ApiServer api = ApiServer.shared();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Others others;

    private String namespace = "";

    @BeforeEach
    void begin() {
        others = new Others(kafka);
        namespace = api.namespace();
        await().untilAsserted(() -> assertThat(webhook.port()).isPositive());
        api.letAskAboutPods(webhook.port());
        // The API server notices the configuration a moment later.
        await().ignoreExceptions().untilAsserted(() -> assertThatThrownBy(() -> pod("probe", "no-such-network"))
                .hasMessageContaining("the L2Network no-such-network does not exist in the namespace " + namespace));
    }

    @AfterEach
    void end() {
        others.close();
    }

    @Test
    void translatesThePodOfTheGuideForMultus() {
        // Given
        api.kubectl("apply", "-n", namespace, "-f", "../../samples/vlink-sample.yaml");

        // When
        pod("ping", "[{\"name\": \"vlink-sample\", \"ips\": [\"192.168.1.2/24\"]}]");

        // Then
        assertThat(annotation("ping", "k8s.v1.cni.cncf.io/networks"))
                .isEqualTo("[{\"name\":\"ip.vlink-sample\",\"namespace\":\"%s\",\"ips\":[\"192.168.1.2/24\"]}]"
                        .formatted(namespace));
        assertThat(api.kubectl(
                        "get", "-n", namespace, "net-attach-def", "ip.vlink-sample", "-o", "jsonpath={.spec.config}"))
                .contains("\"type\":\"ovs\"", "\"bridge\":\"br-vlink\"");
        assertThat(api.kubectl(
                        "get",
                        "-n",
                        namespace,
                        "net-attach-def",
                        "l2.vlink-sample",
                        "-o",
                        "jsonpath={.metadata.ownerReferences[0].kind}"))
                .isEqualTo("L2Network");
    }

    @Test
    void isReadyOnceTheWebhookListens() {
        WebhookServer notStarted = new WebhookServer(vertx, client, admission, overlays, keeper, config);

        assertThat(new ListeningCheck(notStarted).call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void refusesInvalidPodsWithAMessage() {
        // Given
        String other = api.namespace();
        network(other, "theirs", "");
        network(namespace, "net", "");

        // Then
        assertThatThrownBy(() -> pod("p", "[{\"name\": \"net\", \"ips\": [\"1.2.3.4\"]}]"))
                .hasMessageContaining("[0].ips[0] (1.2.3.4) must be an IP address with its prefix length");
        assertThatThrownBy(() -> pod("p", other + "/theirs"))
                .hasMessageContaining("does not admit pods of the namespace " + namespace);
        assertThatThrownBy(() -> pod("p", "")).hasMessageContaining("it is empty");

        // When: the network admits them
        network(other, "theirs", ", allowedNamespaces: [%s]".formatted(namespace));
        pod("p", other + "/theirs");

        // Then
        assertThat(annotation("p", "k8s.v1.cni.cncf.io/networks"))
                .isEqualTo("[{\"name\":\"l2.theirs\",\"namespace\":\"%s\"}]".formatted(other));
    }

    @Test
    void podsWithoutTheLabelStartEvenWhileTheOperatorIsAway() {
        // Given
        api.kubectl(
                "patch",
                "mutatingwebhookconfiguration",
                "vlink-operator",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/webhooks/0/clientConfig/url\",\"value\":\"https://127.0.0.1:1/pods\"}]");
        network(namespace, "net", "");

        await().untilAsserted(() ->
                assertThatThrownBy(() -> pod("labelled", "net")).hasMessageContaining("failed calling webhook"));

        // When
        api.kubectl("run", "free", "-n", namespace, "--image=x");

        // Then
        assertThat(api.kubectl("get", "-n", namespace, "pod", "-o", "name")).isEqualTo("pod/free\n");
    }

    @Test
    void aDryRunAssignsNoAddress() {
        network(namespace, "net", ", networkCIDR: 10.9.0.0/24");

        String shown = pod("p", "net", "--dry-run=server", "-o", "jsonpath={.metadata.annotations}");

        assertThat(shown).contains("10.9.0.1/24");
        assertThat(status("net", "{.status.assignedIPs}")).isEmpty();
    }

    @Test
    void assignsNoAddressTwiceAndReleasesEach() throws ExecutionException, InterruptedException {
        // Given
        network(namespace, "net", ", networkCIDR: 10.9.0.0/24, podAddressRange: 10.9.0.16/28");
        Set<String> addresses = new HashSet<>();

        // When
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> made = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> pod("p" + i, "net")))
                    .toList();
            for (Future<String> each : made) {
                each.get();
            }
        }
        for (int i = 0; i < 16; i++) {
            addresses.add(
                    annotation("p" + i, "k8s.v1.cni.cncf.io/networks").replaceAll(".*\"ips\":\\[\"(.*)\"].*", "$1"));
        }

        // Then
        assertThat(addresses).hasSize(16).allMatch(address -> address.matches("10\\.9\\.0\\.(1[6-9]|2\\d|3[01])/24"));
        assertThatThrownBy(() -> pod("late", "net"))
                .hasMessageContaining("all of its addresses (10.9.0.16 to 10.9.0.31) are in use");
        await().untilAsserted(
                        () -> assertThat(status("net", "{.status.assignedIPs}")).contains("\"p3\""));

        // When
        api.kubectl("delete", "pod", "-n", namespace, "p3", "--grace-period=0", "--force");

        // Then
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(pod("late", "net")).contains("created"));
    }

    @Test
    void attachesAPluggedPodAndDetachesAGonePod() {
        // Given
        network(namespace, "net", "");
        NetworkId id = new NetworkId("o", namespace, "net");
        others.publish(
                Topic.NODES,
                "o",
                "o/node-a",
                new Node(
                        new ResourceId("o", "node-a"),
                        1,
                        false,
                        Instant.EPOCH,
                        new NodeSpec(SWITCH, null, null, false)));
        pod("ping", "[{\"name\": \"net\", \"ips\": [\"10.9.1.2/24\"]}]");
        String uid = api.kubectl("get", "-n", namespace, "pod", "ping", "-o", "jsonpath={.metadata.uid}");
        api.kubectl(
                "annotate",
                "-n",
                namespace,
                "pod",
                "ping",
                "k8s.v1.cni.cncf.io/network-status=[{\"name\":\"%s/ip.net\",\"interface\":\"net1\",\"ips\":[\"10.9.1.2\"]}]"
                        .formatted(namespace));
        assertThat(others.requests(id.toString(), "DeclareAttachment")).isEmpty();

        // When
        port(3, uid, true);

        // Then
        String attachment = id + "/pod.ping." + uid.substring(0, 8) + ".net1";
        await().until(() -> !others.requests(attachment, "DeclareAttachment").isEmpty());
        assertThat(others.requests(attachment, "DeclareAttachment").getFirst().path("spec"))
                .hasToString("{\"node\":\"node-a\",\"port\":\"veth3\",\"ips\":[\"10.9.1.2/24\"]}");
        await().untilAsserted(() ->
                assertThat(status("net", "{.status.connectedPodCount}")).isEqualTo("1"));

        // When
        others.publish(
                Topic.PATHS,
                "o",
                id.toString(),
                new PathDecision(
                        id,
                        new Revision(1, 1, 0),
                        Outcome.ADMITTED,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(new AttachmentState(
                                attachment.substring(id.toString().length() + 1),
                                "node-a",
                                false,
                                "NodeIsNoEnd",
                                "node-a is no end of it.")),
                        Instant.now()));

        // Then
        await().untilAsserted(() -> assertThat(api.kubectl("get", "-n", namespace, "events"))
                .contains("NodeIsNoEnd", "pod/ping", "node-a is no end of it."));

        // When
        api.kubectl("delete", "pod", "-n", namespace, "ping", "--grace-period=0", "--force");

        // Then
        await().untilAsserted(() ->
                assertThat(others.requests(attachment, "WithdrawAttachment")).isNotEmpty());
    }

    @Test
    void keepsAnAddressWhileThePortOfAGonePodExists() {
        // Given
        network(namespace, "net", ", networkCIDR: 10.9.2.0/24");
        pod("p", "net");
        String uid = api.kubectl("get", "-n", namespace, "pod", "p", "-o", "jsonpath={.metadata.uid}");
        port(4, uid, true);
        await().untilAsserted(() ->
                assertThat(status("net", "{.status.addresses[0].uid}")).isEqualTo(uid));

        // When
        api.kubectl("delete", "pod", "-n", namespace, "p", "--grace-period=0", "--force");
        pod("q", "net");

        // Then
        await().untilAsserted(
                        () -> assertThat(status("net", "{.status.assignedIPs}")).contains("\"q\""));
        assertThat(status("net", "{.status.assignedIPs}")).contains("\"p\"");

        // When
        port(4, uid, false);

        // Then
        await().untilAsserted(
                        () -> assertThat(status("net", "{.status.assignedIPs}")).doesNotContain("\"p\""));
    }

    private void port(int number, String podUid, boolean present) {
        SwitchPort id = new SwitchPort(SWITCH, PortNumber.of(number));
        others.publish(
                Topic.PORTS,
                SWITCH.toString(),
                id.toString(),
                new Port(
                        id, 1, present, "veth" + number, "02:00:00:00:00:01", true, 0, 1500, new Plug(podUid, "net1")));
    }

    private void network(String where, String name, String more) {
        api.kubectlWith(
                "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: L2Network, metadata: {name: %s}, spec: {type: vlink, overlay: o, vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e}}%s}}"
                        .formatted(name, more),
                "apply",
                "-n",
                where,
                "-f",
                "-");
    }

    private String pod(String name, String networks, String... options) {
        String manifest =
                "{apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {l2sm: \"true\"}, annotations: {l2sm/networks: '%s'}}, spec: {containers: [{name: c, image: x}]}}"
                        .formatted(name, networks);
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"create", "-n", namespace, "-f", "-"}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return api.kubectlWith(manifest, arguments);
    }

    private String annotation(String pod, String key) {
        return api.kubectl(
                "get",
                "-n",
                namespace,
                "pod",
                pod,
                "-o",
                "jsonpath={.metadata.annotations.%s}".formatted(key.replace(".", "\\.")));
    }

    private String status(String network, String path) {
        return api.kubectl("get", "-n", namespace, "l2n", network, "-o", "jsonpath=" + path);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
