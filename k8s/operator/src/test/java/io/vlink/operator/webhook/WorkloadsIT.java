package io.vlink.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import io.vlink.operator.cluster.Pods;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods as created by the controllers of Deployments, StatefulSets and Jobs, and as written in manifests of L2S-M. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class WorkloadsIT {

    private static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    WebhookServer webhook;

    private final ApiServer api = ApiServer.shared();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Others others;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Pods pods;

    private String namespace = "";

    @BeforeEach
    void begin() {
        others = new Others(kafka);
        namespace = api.namespace();
        pods = new Pods(api, others, namespace);
        await().until(() -> webhook.port() > 0);
        api.letAskAboutPods(webhook.port());
        // The API server notices the configuration a moment later.
        await().ignoreExceptions().untilAsserted(() -> assertThatThrownBy(
                        () -> pods.create("name: probe", "no-such-network", ""))
                .hasMessageContaining("the L2Network no-such-network does not exist in the namespace " + namespace));
        pods.recordNode();
    }

    @AfterEach
    void end() {
        others.close();
    }

    @Test
    void attachesTheNewPodOfARolledDeploymentBeforeTheOldIsGone() {
        // Given
        pods.network("net", ", overlay: o, networkCIDR: 10.4.0.0/24");
        String old = pods.create("generateName: web-7d-", "net", "");
        plugged(old, 11, "ip.net");
        assertAttached(old, "net1");

        // When
        String next = pods.create("generateName: web-9f-", "net", "");
        plugged(next, 12, "ip.net");

        // Then
        assertAttached(next, "net1");
        assertThat(others.requests(namespace, "WithdrawAttachment")).isEmpty();
        assertThat(pods.annotation(next, NETWORKS)).isNotEqualTo(pods.annotation(old, NETWORKS));
        await().untilAsserted(() ->
                assertThat(status("net", "{.status.assignedIPs}")).contains("\"" + old + "\"", "\"" + next + "\""));

        // When
        String left = attachment(old, "net1");
        String uid = pods.uid(old);
        pods.kill(old);
        await().until(() -> !others.requests(left, "WithdrawAttachment").isEmpty());
        pods.port(11, uid, "net1", false);

        // Then
        await().untilAsserted(() -> assertThat(status("net", "{.status.assignedIPs}"))
                .contains("\"" + next + "\"")
                .doesNotContain("\"" + old + "\""));
        assertThat(others.requests(attachment(next, "net1"), "WithdrawAttachment"))
                .isEmpty();
    }

    @Test
    void treatsARecreatedStatefulSetPodOfTheSameNameAsAnotherPod() {
        // Given
        pods.network("net", ", overlay: o");
        pods.create("name: db-0", "[{\"name\": \"net\", \"ips\": [\"10.5.0.2/24\"]}]", "");
        plugged("db-0", 21, "ip.net");
        assertAttached("db-0", "net1");
        String first = attachment("db-0", "net1");
        pods.kill("db-0");

        // When
        pods.create("name: db-0", "[{\"name\": \"net\", \"ips\": [\"10.5.0.2/24\"]}]", "");
        plugged("db-0", 22, "ip.net");

        // Then
        assertAttached("db-0", "net1");
        assertThat(attachment("db-0", "net1")).isNotEqualTo(first);
        await().until(() -> !others.requests(first, "WithdrawAttachment").isEmpty());
    }

    @Test
    void detachesAnEndedJobAlthoughItsPodStillExists() {
        // Given
        pods.network("net", ", overlay: o, networkCIDR: 10.6.0.0/24");
        String pod = pods.create("generateName: once-", "net", "");
        plugged(pod, 31, "ip.net");
        assertAttached(pod, "net1");
        String uid = pods.uid(pod);

        // When
        api.kubectl(
                "patch",
                "pod",
                pod,
                "-n",
                namespace,
                "--subresource=status",
                "-p",
                "{\"status\":{\"phase\":\"Succeeded\"}}");
        pods.port(31, uid, "net1", false);

        // Then
        await().until(() ->
                !others.requests(attachment(pod, "net1"), "WithdrawAttachment").isEmpty());
        await().untilAsserted(
                        () -> assertThat(status("net", "{.status.assignedIPs}")).doesNotContain(pod));
    }

    @Test
    void warnsAPodThatRunsWithoutItsInterface() {
        // Given
        pods.network("net", ", overlay: o");
        pods.create("name: p", "net", "");

        // When
        api.kubectl(
                "patch",
                "pod",
                "p",
                "-n",
                namespace,
                "--subresource=status",
                "-p",
                "{\"status\":{\"phase\":\"Running\"}}");

        // Then
        await().untilAsserted(() -> assertThat(api.kubectl("get", "-n", namespace, "events"))
                .contains("NotPlugged", "pod/p", "The pod runs without an interface on the network net"));
    }

    @Test
    void aPodMayAskForTwoNetworks() {
        // Given
        pods.network("one", ", overlay: o");
        pods.network("two", ", overlay: o, networkCIDR: 10.7.0.0/24");

        // When
        pods.create("name: router", "[{\"name\": \"one\", \"ifname\": \"left\"}, {\"name\": \"two\"}]", "");

        // Then
        assertThat(pods.annotation("router", NETWORKS))
                .isEqualTo(
                        "[{\"name\":\"l2.one\",\"namespace\":\"%s\",\"interface\":\"left\"},{\"name\":\"ip.two\",\"namespace\":\"%s\",\"ips\":[\"10.7.0.1/24\"]}]"
                                .formatted(namespace, namespace));

        // When
        String uid = pods.uid("router");
        pods.port(41, uid, "net1", true);
        pods.port(42, uid, "net2", true);

        pods.multusSays("router", namespace + "/l2.one", namespace + "/ip.two");

        // Then
        String tail = ".%s.net".formatted(uid.substring(0, 8));
        await().until(() -> !others.requests("/one/pod.router" + tail + "1", "DeclareAttachment")
                .isEmpty());
        await().until(() -> !others.requests("/two/pod.router" + tail + "2", "DeclareAttachment")
                .isEmpty());
        assertThat(others.requests("/two/pod.router" + tail + "1")).isEmpty();
    }

    /** The test plays the namespace controller, which is not part of the API server. */
    @Test
    void leavesNothingBehindWhenANamespaceIsDeleted() {
        // Given
        pods.network("net", ", overlay: o, networkCIDR: 10.8.0.0/24");
        pods.create("name: p", "net", "");
        plugged("p", 51, "ip.net");
        assertAttached("p", "net1");
        String attached = attachment("p", "net1");

        // When
        api.kubectl("delete", "namespace", namespace, "--wait=false");
        api.kubectl("delete", "l2n", "-n", namespace, "--all", "--wait=false");
        api.kubectl("delete", "pod", "-n", namespace, "--all", "--grace-period=0", "--force");

        // Then
        await().until(() ->
                api.kubectl("get", "l2n", "-n", namespace, "-o", "name").isEmpty());
        assertThat(others.generation("o/" + namespace + "/net")).isZero();
        assertThat(others.requests(attached, "WithdrawAttachment")).isNotEmpty();
    }

    @Test
    void readsPodsAsInManifestsOfL2sm() {
        // Given
        pods.network("one", ", overlay: o, networkCIDR: 10.9.8.0/24");
        pods.network("two", ", overlay: o");

        // When
        api.kubectlWith("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: spread-out
                  labels: {app: ping-pong, l2sm: "true", l2sm/app: ping}
                  annotations:
                    l2sm/networks:  '[
                            { "name": "two",
                              "ips": ["192.168.1.2/24"]
                            }]'
                    k8s.v1.cni.cncf.io/networks: macvlan-conf
                spec:
                  containers:
                    - {name: router, image: "x:1", nodeName: NodeA}
                """, "apply", "-n", namespace, "--validate=warn", "-f", "-");
        pods.create("name: names", "one, two", "");

        // Then
        assertThat(pods.annotation("spread-out", NETWORKS))
                .isEqualTo(
                        "[{\"name\":\"macvlan-conf\"},{\"name\":\"ip.two\",\"namespace\":\"%s\",\"ips\":[\"192.168.1.2/24\"]}]"
                                .formatted(namespace));
        assertThat(pods.annotation("names", NETWORKS))
                .isEqualTo(
                        "[{\"name\":\"ip.one\",\"namespace\":\"%s\",\"ips\":[\"10.9.8.1/24\"]},{\"name\":\"l2.two\",\"namespace\":\"%s\"}]"
                                .formatted(namespace, namespace));
    }

    private void plugged(String pod, int port, String definition) {
        pods.port(port, pods.uid(pod), "net1", true);
        pods.multusSays(pod, namespace + "/" + definition);
    }

    private String attachment(String pod, String interfaceName) {
        return "/pod.%s.%s.%s".formatted(pod, pods.uid(pod).substring(0, 8), interfaceName);
    }

    private void assertAttached(String pod, String interfaceName) {
        await().until(() -> !others.requests(attachment(pod, interfaceName), "DeclareAttachment")
                .isEmpty());
    }

    private String status(String network, String path) {
        return api.kubectl("get", "-n", namespace, "l2n", network, "-o", "jsonpath=" + path);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
