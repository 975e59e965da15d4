package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Phase;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Networks applied with kubectl, against a real API server and a real broker. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class NetworksIT {

    private static final String SPEC =
            "{type: vlink, overlay: o, vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e, capabilities: {bandwidthBits: 20M}}}}";

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
        others.close();
    }

    @Test
    void becomesReadyAndShowsIt() {
        // When
        apply("net", SPEC);
        NetworkId id = new NetworkId("o", namespace, "net");

        // Then
        await("recorded").untilAsserted(() -> assertThat(others.generation(id.toString()))
                .isPositive());
        JsonNode request = others.requests(id.toString(), "DeclareNetwork").getFirst();
        assertThat(request.path("ifGeneration").asLong(-1)).isZero();
        assertThat(request.path("spec").toString())
                .isEqualTo("{\"path\":{\"fromEndpoint\":\"node-a\",\"toEndpoint\":\"node-e\","
                        + "\"capabilities\":{\"bandwidthBits\":\"20M\"}},\"type\":\"vlink\"}");

        // When
        others.status(id, others.generation(id.toString()), Phase.WAITING, type -> type == Condition.Type.ACCEPTED);

        // Then
        shown(
                "net",
                "{.status.conditions[?(@.type=='Accepted')].status} {.status.internalConnectivity} {.status.phase}",
                "True Unavailable Waiting");

        // When
        others.status(id, others.generation(id.toString()), Phase.READY, type -> true);

        // Then
        shown("net", "{.status.conditions[?(@.type=='Ready')].status} {.status.observedGeneration}", "True 1");
        assertThat(api.kubectl("get", "-n", namespace, "l2n"))
                .containsPattern("net +True +Ready +node-a,node-c,node-e +Available +0");
        await().untilAsserted(() -> assertThat(api.kubectl("get", "-n", namespace, "events"))
                .contains("Traffic passes node-a,node-c,node-e"));
    }

    @Test
    void followsAnEdit() {
        apply("net", SPEC);
        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/net")).isPositive());
        long first = others.generation("o/" + namespace + "/net");

        apply("net", SPEC.replace("20M", "30M"));

        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/net")).isGreaterThan(first));
        shown("net", "{.status.observedGeneration} {.status.conditions[?(@.type=='Accepted')].reason}", "2 Deciding");
    }

    @Test
    void showsEveryViolationWithTheFieldNamesOfTheManifest() {
        others.refuse(namespace, "$.spec.path.links[1]", "LinkUnknown", "The link link-xx is not declared.");

        apply("net", SPEC);

        shown(
                "net",
                "{.status.conditions[?(@.type=='Accepted')].reason} {.status.message}",
                "LinkUnknown spec.vlink.path.links[1]: The link link-xx is not declared.");
        await().untilAsserted(() ->
                assertThat(api.kubectl("get", "-n", namespace, "events")).contains("Warning", "LinkUnknown"));
    }

    @Test
    void doesNotTouchANetworkThatAnotherOwnerCreated() {
        NetworkId id = new NetworkId("o", namespace, "net");
        others.makeNetwork(id);

        apply("net", SPEC);
        shown("net", "{.status.conditions[?(@.type=='Accepted')].reason}", "NameTaken");
        api.kubectl("delete", "-n", namespace, "l2n", "net", "--timeout=10s");

        assertThat(others.requests(id.toString())).isEmpty();
    }

    @Test
    void restoresANetworkThatAnotherOwnerChanged() {
        // Given
        apply("net", SPEC);
        NetworkId id = new NetworkId("o", namespace, "net");
        await().untilAsserted(() -> assertThat(others.generation(id.toString())).isPositive());
        shown("net", "{.status.recordedGeneration}", Long.toString(others.generation(id.toString())));
        int before = others.requests(id.toString()).size();

        // When
        others.publish(
                Topic.NETWORKS,
                "o",
                id.toString(),
                new Network(
                        id,
                        100_000,
                        false,
                        Instant.now(),
                        new Vlink(new PathSpec(null, "x", "y", null, null), null, Protection.NONE)));

        // Then
        await().untilAsserted(() ->
                assertThat(others.requests(id.toString(), "DeclareNetwork")).hasSizeGreaterThan(before));
    }

    @Test
    void theSameNameInTwoNamespacesIsTwoNetworks() {
        // Given
        String other = api.namespace();

        // When
        apply("net", SPEC);
        api.kubectlWith(manifest("net", SPEC), "apply", "-n", other, "-f", "-");

        // Then
        await().untilAsserted(() -> {
            assertThat(others.generation("o/" + namespace + "/net")).isPositive();
            assertThat(others.generation("o/" + other + "/net")).isPositive();
        });

        // When
        api.kubectl("delete", "-n", other, "l2n", "net", "--timeout=10s");

        // Then
        assertThat(others.generation("o/" + namespace + "/net")).isPositive();
        assertThat(others.generation("o/" + other + "/net")).isZero();
    }

    @Test
    void isDeletedWhenTheSwitchesHaveConfirmed() {
        // Given
        apply("net", SPEC);
        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/net")).isPositive());
        others.keepWithdrawn(namespace);

        // When
        api.kubectl("delete", "-n", namespace, "l2n", "net", "--wait=false");

        // Then
        await().untilAsserted(() ->
                assertThat(others.requests(namespace, "WithdrawNetwork")).isNotEmpty());
        assertThat(api.kubectl("get", "-n", namespace, "l2n", "-o", "name")).contains("net");

        // When
        others.publish(Topic.NETWORKS, "o", "o/" + namespace + "/net", null);

        // Then
        gone("net");
        assertThat(api.kubectl("get", "-n", namespace, "events")).doesNotContain("RemovalUnconfirmed");
    }

    @Test
    void isDeletedWithAWarningAfterTheDeadlineIfASwitchNeverConfirms() {
        apply("net", SPEC);
        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/net")).isPositive());
        others.keepWithdrawn(namespace);

        api.kubectl("delete", "-n", namespace, "l2n", "net", "--timeout=30s");

        assertThat(api.kubectl("get", "-n", namespace, "events")).contains("RemovalUnconfirmed");
    }

    @Test
    void isRequestedAgainUntilAnswered() {
        // Given
        others.answering(false);

        // When
        apply("net", SPEC);

        // Then
        await().untilAsserted(() ->
                assertThat(others.requests(namespace, "DeclareNetwork")).hasSizeGreaterThan(1));
        shown("net", "{.status.conditions[?(@.type=='Accepted')].reason}", "NotAnswered");

        // When
        others.answering(true);

        // Then
        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/net")).isPositive());
        api.kubectl("delete", "-n", namespace, "l2n", "net", "--timeout=20s");
    }

    /** Deletes at a different moment of the operator's own write each time. */
    @Test
    void noticesADeletionAtAnyMoment() {
        for (int i = 0; i < 12; i++) {
            // Given
            String name = "net-" + i;
            apply(name, SPEC);
            int gone = i;
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> gone % 3 == 0
                            || (gone % 3 == 1
                                    ? others.generation("o/" + namespace + "/" + name) > 0
                                    : !others.requests(namespace + "/" + name).isEmpty()));

            // When
            api.kubectl("delete", "-n", namespace, "l2n", name, "--timeout=8s");

            // Then
            assertThat(others.generation("o/" + namespace + "/" + name)).isZero();
        }
    }

    /** The SDK's default gives up after the sixth attempt. */
    @Test
    void retriesForAsLongAsTheApiServerRefuses() {
        // Given
        api.kubectlWith("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: no-status}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [l2sm.l2sm.k8s.local], apiVersions: [v1], operations: [UPDATE], resources: [l2networks/status]}]
                  validations: [{expression: "false"}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: no-status}
                spec:
                  policyName: no-status
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}}
                """.formatted(namespace), "apply", "-f", "-");
        try {
            // When
            AtomicInteger mbits = new AtomicInteger(20);
            await("the policy is in force").until(() -> {
                apply("net", SPEC.replace("20M", mbits.incrementAndGet() + "M"));
                return refusals() > 0;
            });
            await("tried more often than six times").until(() -> refusals() > 6);
        } finally {
            api.kubectl("delete", "validatingadmissionpolicybinding,validatingadmissionpolicy", "no-status");
        }

        // Then
        String generation = api.kubectl("get", "-n", namespace, "l2n", "net", "-o", "jsonpath={.metadata.generation}");
        shown("net", "{.status.observedGeneration}", generation);
    }

    private double refusals() {
        return api.kubectl("get", "--raw", "/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_validating_admission_policy_check_total")
                        && line.contains("deny")
                        && line.contains("no-status"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void waitsForAnOverlay() {
        apply("net", SPEC.replace("overlay: o, ", ""));

        shown("net", "{.status.conditions[?(@.type=='Accepted')].reason}", "NoOverlay");
        api.kubectl("delete", "-n", namespace, "l2n", "net", "--timeout=10s");
    }

    private static String manifest(String name, String spec) {
        return "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: L2Network, metadata: {name: %s}, spec: %s}"
                .formatted(name, spec);
    }

    private void apply(String name, String spec) {
        api.kubectlWith(manifest(name, spec), "apply", "-n", namespace, "-f", "-");
    }

    private void shown(String name, String path, String expected) {
        await().untilAsserted(
                        () -> assertThat(api.kubectl("get", "-n", namespace, "l2n", name, "-o", "jsonpath=" + path))
                                .isEqualTo(expected));
    }

    private void gone(String name) {
        await().untilAsserted(() -> assertThat(api.kubectl("get", "-n", namespace, "l2n", "-o", "name"))
                .doesNotContain("/" + name));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    private static ConditionFactory await(String what) {
        return await().alias(what);
    }
}
