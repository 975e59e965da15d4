package io.vlink.operator.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Overlays applied with kubectl, against a real API server and a real broker. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class OverlaysIT {

    private static final String SPEC =
            "{topology: {nodes: [node-a, node-b, node-c], links: [{endpointA: node-a, endpointB: node-b}, {endpointA: node-b, endpointB: node-c, capacityBits: 2G}]}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private final ApiServer api = ApiServer.shared();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Others others;

    private String namespace = "";

    @BeforeEach
    void begin() {
        others = new Others(kafka);
        namespace = api.namespace();
    }

    @AfterEach
    void end() {
        api.kubectl("delete", "-n", namespace, "ovl", "--all", "--timeout=20s");
        others.close();
    }

    @Test
    void declaresUpdatesAndWithdrawsNodesAndLinks() {
        // Given
        String name = "ovl-" + namespace;

        // When
        apply(name, SPEC);

        // Then
        shown(
                name,
                "{.status.conditions[?(@.type=='Accepted')].status} {.status.nodeCount} {.status.linkCount}",
                "True 3 4");
        assertThat(others.requests(name + "/link-bc", "DeclareLink")
                        .getFirst()
                        .path("spec")
                        .path("capacityBits")
                        .asText())
                .isEqualTo("2G");
        assertThat(api.kubectl("get", "-n", namespace, "ovl")).containsPattern(name + " +False +3 +4");

        // When
        apply(
                name,
                "{topology: {nodes: [node-a, node-b], links: [{endpointA: node-a, endpointB: node-b, maintenance: true}]}}");

        // Then
        shown(
                name,
                "{.status.conditions[?(@.type=='Accepted')].status} {.status.nodeCount} {.status.linkCount}",
                "True 2 2");
        assertThat(others.requests(name + "/link-cb", "WithdrawLink")).isNotEmpty();
        assertThat(others.requests(name + "/node-c", "WithdrawNode")).isNotEmpty();
        assertThat(others.requests(name + "/link-ab", "DeclareLink")
                        .getLast()
                        .path("spec")
                        .path("maintenance")
                        .asBoolean())
                .isTrue();

        // When
        api.kubectl("delete", "-n", namespace, "ovl", name, "--timeout=20s");

        // Then
        assertThat(others.requests(name + "/node-a", "WithdrawNode")).isNotEmpty();
        assertThat(others.requests(name + "/link-ba", "WithdrawLink")).isNotEmpty();
    }

    @Test
    void followsTheAddressOfANode() {
        // Given
        String name = "ovl-" + namespace;
        String node = "n-" + namespace;
        api.kubectlWith("{apiVersion: v1, kind: Node, metadata: {name: %s}}".formatted(node), "create", "-f", "-");
        address(node, "10.7.0.1");
        apply(name, "{topology: {nodes: [%s]}}".formatted(node));
        shown(name, "{.status.conditions[?(@.type=='Accepted')].status}", "True");
        assertThat(declared(name, node)).isEqualTo("10.7.0.1 tcp:10.7.0.1:6640");

        // When
        address(node, "10.7.0.2");

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(declared(name, node)).isEqualTo("10.7.0.2 tcp:10.7.0.2:6640"));
        api.kubectl("delete", "node", node);
    }

    private void address(String node, String address) {
        api.kubectl(
                "patch",
                "node",
                node,
                "--subresource=status",
                "-p",
                "{\"status\": {\"addresses\": [{\"type\": \"InternalIP\", \"address\": \"%s\"}]}}".formatted(address));
    }

    private String declared(String overlay, String node) {
        var spec =
                others.requests(overlay + "/" + node, "DeclareNode").getLast().path("spec");
        return spec.path("tunnelAddress").asText() + " " + spec.path("ovsdb").asText();
    }

    @Test
    void showsRefusals() {
        // Given
        String name = "ovl-" + namespace;
        others.refuse(name + "/link-ab", "$.spec", "PortTaken", "The port is taken.");

        // When
        apply(name, SPEC);

        // Then
        shown(
                name,
                "{.status.conditions[?(@.type=='Accepted')].reason} {.status.message}",
                "Refused link-ab: The port is taken.");

        // When
        others.grant(name + "/link-ab");

        // Then
        shown(name, "{.status.conditions[?(@.type=='Accepted')].status}", "True");
    }

    @Test
    void doesNotTouchNodesThatAnotherOwnerCreated() {
        // Given
        String name = "ovl-" + namespace;
        others.publish(
                Topic.NODES,
                name,
                name + "/node-a",
                new Node(
                        new ResourceId(name, "node-a"),
                        1,
                        false,
                        Instant.EPOCH,
                        new NodeSpec(DatapathId.of("a"), null, null, false)));

        // When
        apply(name, "{topology: {nodes: [node-a]}}");

        // Then
        shown(name, "{.status.conditions[?(@.type=='Accepted')].reason}", "NameTaken");

        // When
        api.kubectl("delete", "-n", namespace, "ovl", name, "--timeout=20s");

        // Then
        assertThat(others.requests(name + "/node-a")).isEmpty();
    }

    @Test
    void theOlderOfTwoOverlaysWithOneNameWins() {
        // Given
        String other = api.namespace();
        String name = "ovl-" + namespace;
        apply(name, "{topology: {nodes: [node-a]}}");
        shown(name, "{.status.conditions[?(@.type=='Accepted')].status}", "True");

        // When
        api.kubectlWith(manifest(name, "{topology: {nodes: [node-b]}}"), "apply", "-n", other, "-f", "-");

        // Then
        await().untilAsserted(() -> assertThat(api.kubectl(
                        "get",
                        "-n",
                        other,
                        "ovl",
                        name,
                        "-o",
                        "jsonpath={.status.conditions[?(@.type=='Accepted')].reason}"))
                .isEqualTo("NameTaken"));

        // When
        api.kubectl("delete", "-n", other, "ovl", name, "--timeout=20s");

        // Then
        assertThat(others.requests(name + "/node-b")).isEmpty();
    }

    private static String manifest(String name, String spec) {
        return "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: Overlay, metadata: {name: %s}, spec: %s}"
                .formatted(name, spec);
    }

    private void apply(String name, String spec) {
        api.kubectlWith(manifest(name, spec), "apply", "-n", namespace, "-f", "-");
    }

    private void shown(String name, String path, String expected) {
        await().untilAsserted(
                        () -> assertThat(api.kubectl("get", "-n", namespace, "ovl", name, "-o", "jsonpath=" + path))
                                .isEqualTo(expected));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
