package io.vlink.tests.deployments;

import static io.vlink.tests.deployments.Manifests.addressed;
import static io.vlink.tests.deployments.Manifests.deployment;
import static io.vlink.tests.deployments.Manifests.pod;
import static io.vlink.tests.deployments.Manifests.vlink;
import static io.vlink.tests.suite.PocketCluster.PATIENCE;
import static io.vlink.tests.suite.PocketCluster.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Pinging;
import io.vlink.tests.suite.PocketCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The guide with kubectl in a real Kubernetes of five nodes on this machine, one of them without Open vSwitch, followed
 * by replacements, edits, deletions and failures. All tests share one cluster.
 */
class KubernetesE2E {
    private static final List<String> SYSCTLS = List.of(
            "vm/overcommit_memory",
            "vm/panic_on_oom",
            "kernel/panic",
            "kernel/panic_on_oops",
            "kernel/keys/root_maxkeys",
            "kernel/keys/root_maxbytes");

    /**
     * Maximum number of log lines from the loss of Kafka until the services serve again: well above normal, far below a
     * flood.
     */
    private static final long LINES_OF_AN_INCIDENT = 150;

    private static final Map<String, String> SYSCTLS_BEFORE = sysctls();
    private static final PocketCluster CLUSTER = new PocketCluster("node-a node-b=none node-c node-d node-e");
    private static final ClusterUser USER = new ClusterUser(CLUSTER);
    private static String printed = "";

    @RegisterExtension
    static final TestWatcher EXPLAINING = new TestWatcher() {
        @Override
        public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
            System.out.printf("%s failed.%n%s%n", test.getDisplayName(), CLUSTER.logs(SYSTEM));
        }
    };

    @BeforeAll
    static void doTheGuide() {
        printed = CLUSTER.demo();
    }

    @AfterAll
    static void leaveNothing() throws IOException {
        CLUSTER.close();
        assertThat(sysctls()).isEqualTo(SYSCTLS_BEFORE);
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain("vlink-cluster/vkt");
        assertThat(Path.of("/run/netns/vkt-control")).doesNotExist();
        assertThat(Path.of("/run/netns/vkt-n1")).doesNotExist();
        try (var hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            assertThat(hierarchies.map(each -> each.resolve("vkt")).filter(Files::exists))
                    .isEmpty();
        }
    }

    @Test
    void doesTheGuideOverTheStatedNodes() {
        assertThat(printed)
                .contains("10 packets transmitted, 10 packets received")
                .contains("Forward frames crossed a-c-d-e and never node-b; reverse frames crossed e-d-b-a and never"
                        + " node-c")
                .containsPattern("vlink-sample +True +Ready +node-a,node-c,node-d,node-e +Available +2")
                .containsPattern("overlay\\S*/default +True +5 +10")
                .containsPattern("Accepted +True +Admitted")
                .containsPattern("Attached +True +Attached")
                .containsPattern("Programmed +True +Confirmed")
                .containsPattern("Ready +True +Serving");
        assertThat(CLUSTER.get("pods", "-n", SYSTEM).at("/items").findValuesAsText("nodeName"))
                .contains("node-b");
    }

    /** Every other test here ends with the same audit, run from a node. */
    @Test
    void isAuditedFromAPodAsByAnOperator() {
        Command.Result audit = CLUSTER.vlinkAudit("--json");

        assertThat(audit.output())
                .contains("\"switches\" : 5", "\"differences\" : [ ]")
                .containsPattern("\"networks\" : [1-9]")
                .containsPattern("\"rules\" : [1-9]");
        assertThat(audit.exitCode()).isZero();
    }

    @Test
    void answersPingsOnceItsPodsAreReady() {
        String namespace = USER.namespace("quick");

        // When
        long start = System.nanoTime();
        CLUSTER.apply(vlink(namespace, "wire", "")
                + pod(namespace, "near", "node-a", addressed("wire", "10.5.0.1/24"))
                + pod(namespace, "far", "node-e", addressed("wire", "10.5.0.2/24")));
        CLUSTER.awaitReady(namespace, "pod/near", "pod/far");
        long ready = System.nanoTime();

        // Then
        CLUSTER.awaitPing(namespace, "near", "10.5.0.2");
        long answered = System.nanoTime();
        System.out.printf(
                "kubectl apply until pods Ready: %.2f s; from then until a ping was answered: %.2f s%n",
                (ready - start) / 1e9, (answered - ready) / 1e9);
        CLUSTER.leave(namespace);
    }

    @Test
    void followsAPodThatIsDeletedAndCreatedAgain() {
        String namespace = USER.wired("replaced");

        // When
        CLUSTER.kubectl("delete", "pod", "-n", namespace, "far", "--grace-period=0", "--force");
        CLUSTER.apply(pod(namespace, "far", "node-e", addressed("wire", "10.5.0.2/24")));

        // Then
        CLUSTER.awaitReady(namespace, "pod/far");
        CLUSTER.awaitPing(namespace, "near", "10.5.0.2");
        CLUSTER.leave(namespace);
    }

    @Test
    void followsARolledDeploymentAndAssignsItsAddresses() {
        String namespace = USER.namespace("rolled");
        CLUSTER.apply(vlink(namespace, "wire", "networkCIDR: 10.6.0.0/24")
                + deployment(namespace, "app", "node-a", "wire")
                + pod(namespace, "far", "node-e", "wire"));
        CLUSTER.awaitReady(namespace, "pod/far");
        CLUSTER.kubectl("rollout", "status", "-n", namespace, "deployment/app", "--timeout=5m");
        String far = USER.address(namespace, "far");
        CLUSTER.awaitPing(namespace, USER.only(namespace, "app"), far);

        // When
        String before = USER.only(namespace, "app");
        CLUSTER.kubectl("rollout", "restart", "-n", namespace, "deployment/app");
        CLUSTER.kubectl("rollout", "status", "-n", namespace, "deployment/app", "--timeout=5m");

        // Then
        await("one pod")
                .atMost(PATIENCE)
                .until(() -> USER.names(namespace, "app").size() == 1);
        String now = USER.only(namespace, "app");
        assertThat(now).isNotEqualTo(before);
        CLUSTER.awaitPing(namespace, now, far);
        assertThat(USER.address(namespace, now)).startsWith("10.6.0.").isNotEqualTo(far);
        CLUSTER.leave(namespace);
    }

    @Test
    void separatesNetworksOfTheSameNameInTwoNamespaces() {
        String one = USER.wired("one");
        String two = USER.wired("two");

        // When
        CLUSTER.kubectl("delete", "pod", "-n", two, "far", "--grace-period=1");

        // Then
        assertThat(CLUSTER.ping(one, "near", "10.5.0.2", 5).exitCode()).isZero();
        assertThat(CLUSTER.ping(two, "near", "10.5.0.2", 5).exitCode()).isNotZero();
        CLUSTER.leave(one, two);
    }

    @Test
    void carriesTwoNetworksToOnePodAndPlainLayerTwoWithoutAddresses() {
        String namespace = USER.namespace("both");
        CLUSTER.apply(vlink(namespace, "wire", "")
                + vlink(namespace, "other", "")
                + pod(
                        namespace,
                        "near",
                        "node-a",
                        "[{\"name\": \"wire\", \"ips\": [\"10.5.0.1/24\"]}, {\"name\": \"other\"}]")
                + pod(namespace, "far", "node-e", addressed("wire", "10.5.0.2/24"))
                + pod(namespace, "farther", "node-e", "other"));
        CLUSTER.awaitReady(namespace, "pod/near", "pod/far", "pod/farther");

        // When
        assertThat(CLUSTER.kubectl("exec", "-n", namespace, "farther", "--", "ip", "-4", "address", "show", "net1"))
                .doesNotContain("inet");
        CLUSTER.kubectl("exec", "-n", namespace, "near", "--", "ip", "address", "add", "10.7.0.1/24", "dev", "net2");
        CLUSTER.kubectl("exec", "-n", namespace, "farther", "--", "ip", "address", "add", "10.7.0.2/24", "dev", "net1");

        // Then
        CLUSTER.awaitPing(namespace, "near", "10.5.0.2");
        CLUSTER.awaitPing(namespace, "near", "10.7.0.2");
        assertThat(CLUSTER.ping(namespace, "far", "10.7.0.2", 2).exitCode()).isNotZero();
        CLUSTER.leave(namespace);
    }

    /** Covers both kinds of switches: the node's own Open vSwitch, and one started by the DaemonSet. */
    @Test
    void carriesTcpThroughTheUserspaceDatapath() {
        for (String node : List.of("node-a", "node-b")) {
            String namespace = USER.namespace("tcp-" + node);
            CLUSTER.apply(vlink(namespace, "wire", "").replace("fromEndpoint: node-a", "fromEndpoint: " + node)
                    + pod(namespace, "near", node, addressed("wire", "10.5.0.1/24"))
                    + pod(namespace, "far", "node-e", addressed("wire", "10.5.0.2/24")));
            CLUSTER.awaitReady(namespace, "pod/near", "pod/far", "l2network/wire");
            String sum = CLUSTER.kubectl(
                    "exec",
                    "-n",
                    namespace,
                    "far",
                    "--",
                    "sh",
                    "-c",
                    "dd if=/dev/urandom of=/tmp/some bs=1M count=2 2>/dev/null; httpd -p 10.5.0.2:8000 -h /tmp;"
                            + " sha256sum </tmp/some");

            // When
            String fetched = CLUSTER.kubectl(
                    "exec",
                    "-n",
                    namespace,
                    "near",
                    "--",
                    "sh",
                    "-c",
                    "printf 'GET /some HTTP/1.0\\r\\n\\r\\n' | timeout 20 nc 10.5.0.2 8000 | tail -c 2097152 | sha256sum");

            // Then
            assertThat(fetched).isEqualTo(sum);
            CLUSTER.leave(namespace);
        }
    }

    @Test
    void movesUnderTrafficWhenTheNetworkIsEdited() {
        String namespace = USER.wired("edited");
        try (Pinging ping = CLUSTER.pinging(namespace, "near", "10.5.0.2")) {
            // When
            USER.patchPath(namespace, "link-ab", "link-bd", "link-de");

            // Then
            USER.awaitPath(namespace, "node-a,node-b,node-d,node-e");
            CLUSTER.awaitReady(namespace, "l2network/wire");
            USER.patchPath(namespace, "link-ac", "link-cd", "link-de");
            USER.awaitPath(namespace, "node-a,node-c,node-d,node-e");
            CLUSTER.awaitReady(namespace, "l2network/wire");
            assertThat(ping.lost()).isEmpty();
        }
        CLUSTER.leave(namespace);
    }

    @Test
    void usesANewLinkOfTheOverlayAndLeavesARemovedLink() {
        String namespace = USER.wired("topology");
        USER.awaitPath(namespace, "node-a,node-b,node-d,node-e", "node-a,node-c,node-d,node-e");

        // When
        CLUSTER.kubectl(
                "patch",
                "overlay",
                "default",
                "--type=json",
                "-p",
                "[{\"op\": \"add\", \"path\": \"/spec/topology/links/-\", \"value\": {\"endpointA\": \"node-a\","
                        + " \"endpointB\": \"node-e\"}}]");
        USER.awaitLinks(12);
        USER.patchPath(namespace, "link-ae");

        // Then
        USER.awaitPath(namespace, "node-a,node-e");
        CLUSTER.awaitReady(namespace, "l2network/wire");
        CLUSTER.awaitPing(namespace, "near", "10.5.0.2");

        // When
        assertThat(CLUSTER.kubectl(
                        "apply",
                        "--dry-run=server",
                        "-f",
                        CLUSTER.file("k8s/samples/overlay.yaml").toString()))
                .contains("Warning: InUse: the link link-ae: 1 network crosses it");
        CLUSTER.applyFile("k8s/samples/overlay.yaml");

        // Then: traffic stays on its wire, and the condition Ready says so
        USER.awaitLinks(10);
        await("a message about the deleted link").atMost(PATIENCE).until(() -> CLUSTER.get(
                        "l2network", "-n", namespace, "wire")
                .at("/status/conditions")
                .toString()
                .contains("The link link-ae was deleted."));
        CLUSTER.awaitPing(namespace, "near", "10.5.0.2");
        USER.patchPath(namespace, "link-ac", "link-cd", "link-de");
        CLUSTER.awaitReady(namespace, "l2network/wire");
        CLUSTER.awaitPing(namespace, "near", "10.5.0.2");
        CLUSTER.leave(namespace);
    }

    @Test
    void keepsForwardingWhileKubeletOperatorServicesAndKafkaAreKilled() {
        String namespace = USER.wired("killed");
        try (Pinging ping = CLUSTER.pinging(namespace, "near", "10.5.0.2")) {
            // When
            CLUSTER.in("node-c", "bash", "-c", "kill -9 $(pgrep -x kubelet)");
            CLUSTER.kubectl(
                    "delete",
                    "pods",
                    "-n",
                    SYSTEM,
                    "-l",
                    "app.kubernetes.io/name=vlink-operator",
                    "--grace-period=0",
                    "--force");
            for (String pod :
                    List.of("network-api-0", "path-service-0", "flow-service-0", "switch-gateway-0", "broker-0")) {
                CLUSTER.killContainers(SYSTEM, pod);
            }
            CLUSTER.awaitSystem();

            // Then
            assertThat(ping.lost()).isEmpty();
        }
        String next = USER.wired("afterwards");
        CLUSTER.leave(namespace, next);
    }

    /** The trial keeps its records only as long as its broker's pod: afterwards the switches know more than Kafka. */
    @Test
    void touchesNothingAfterTheBrokersPodIsReplacedUntilAnOperatorDecides() {
        String one = USER.wired("doubted-one");
        String two = USER.wired("doubted-two");
        List<String> rules = CLUSTER.rules();
        Map<String, Long> lines = CLUSTER.logLines();
        try (Pinging ping = CLUSTER.pinging(one, "near", "10.5.0.2")) {
            // When
            CLUSTER.kubectl("delete", "pod", "-n", SYSTEM, "broker-0");

            // Then: no service is ready, all say why, and nothing was touched
            await("the question").atMost(PATIENCE).untilAsserted(() -> {
                Command.Result asked = USER.suite();
                assertThat(asked.exitCode()).isEqualTo(25);
                assertThat(asked.output().lines().filter(line -> line.contains("is left alone")))
                        .hasSize(5);
                for (String pod : List.of("network-api-0", "path-service-0", "flow-service-0", "switch-gateway-0")) {
                    assertThat(USER.isReady(pod)).as(pod).isFalse();
                }
                for (String namespace : List.of(one, two)) {
                    assertThat(CLUSTER.get("l2network", "-n", namespace, "wire")
                                    .at("/status/conditions")
                                    .toString())
                            .contains("DataInDoubt", "kubectl -n vlink-system exec switch-gateway-0 -- suite");
                }
            });
            assertThat(CLUSTER.rules()).containsExactlyInAnyOrderElementsOf(rules);
            for (String namespace : List.of(one, two)) {
                JsonNode metadata =
                        CLUSTER.get("l2network", "-n", namespace, "wire").path("metadata");
                assertThat(metadata.path("finalizers")).isNotEmpty();
                assertThat(metadata.has("deletionTimestamp")).isFalse();
            }

            assertThat(ping.lost()).isEmpty();
        }

        // When
        assertThat(USER.suite("adopt").exitCode()).isZero();

        // Then: the resources in the cluster are declared again
        CLUSTER.awaitSystem();
        CLUSTER.awaitReady(one, "l2network/wire");
        CLUSTER.awaitReady(two, "l2network/wire");
        assertThat(CLUSTER.rules()).hasSameSizeAs(rules);
        CLUSTER.logLines().forEach((pod, now) -> assertThat(now - lines.getOrDefault(pod, 0L))
                .as("lines in the log of " + pod)
                .isLessThan(LINES_OF_AN_INCIDENT));
        CLUSTER.awaitPing(one, "near", "10.5.0.2");
        CLUSTER.awaitPing(two, "near", "10.5.0.2");
        CLUSTER.leave(one, two);
    }

    @Test
    void survivesADeadForwarderOnBothKindsOfNodes() {
        String namespace = USER.wired("forwarder");
        for (String node : List.of("node-a", "node-b")) {
            // When
            CLUSTER.in(node, "bash", "-c", "kill -9 $(pgrep -x ovs-vswitchd)");

            // Then
            CLUSTER.awaitPing(namespace, "near", "10.5.0.2");
            CLUSTER.awaitReady(namespace, "l2network/wire");
        }
        CLUSTER.leave(namespace);
    }

    @Test
    void survivesANodeThatDiesAndReturns() {
        String namespace = USER.wired("power");

        // When
        CLUSTER.nodeDown("node-d");
        await("no answer")
                .atMost(PATIENCE)
                .until(() -> CLUSTER.ping(namespace, "near", "10.5.0.2", 1).exitCode() != 0);
        CLUSTER.nodeUp("node-d");

        // Then
        await("node-d")
                .atMost(PATIENCE)
                .until(() -> CLUSTER.tryKubectl("wait", "--for=condition=Ready", "node/node-d", "--timeout=5s")
                                .exitCode()
                        == 0);
        CLUSTER.awaitSystem();
        CLUSTER.awaitReady(namespace, "l2network/wire");
        CLUSTER.awaitPing(namespace, "near", "10.5.0.2");
        CLUSTER.leave(namespace);
    }

    @Test
    void leavesNothingOfADeletedNamespaceInAnySwitch() {
        List<String> rules = CLUSTER.rules();
        List<String> ports = CLUSTER.ports();
        String namespace = USER.wired("gone");
        assertThat(CLUSTER.rules()).hasSizeGreaterThan(rules.size());

        // When
        CLUSTER.kubectl("delete", "namespace", namespace, "--timeout=5m");

        // Then
        await("nothing left").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(CLUSTER.rules()).containsExactlyInAnyOrderElementsOf(rules);
            assertThat(CLUSTER.ports()).containsExactlyInAnyOrderElementsOf(ports);
        });
    }

    private static Map<String, String> sysctls() {
        Map<String, String> values = new TreeMap<>();
        for (String name : SYSCTLS) {
            try {
                values.put(name, Files.readString(Path.of("/proc/sys", name)).strip());
            } catch (IOException e) {
                values.put(name, "absent");
            }
        }
        return values;
    }
}
