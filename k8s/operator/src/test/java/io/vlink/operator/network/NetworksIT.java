package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.NetworkType;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Phase;
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

/** Networks by kubectl against a real API server and a real broker. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class NetworksIT {

    private static final String SPEC =
            "{type: vlink, overlay: o, vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e, capabilities: {bandwidthBits: 20M}}}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private final ApiServer api = ApiServer.shared();

    @SuppressWarnings("NullAway.Init") // before each test
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
    void becomesReadyAndSaysSo() {
        apply("n", SPEC);
        NetworkId id = new NetworkId("o", namespace, "n");
        await("recorded").untilAsserted(() -> assertThat(others.generation(id.toString()))
                .isPositive());
        JsonNode request = others.requests(id.toString(), "DeclareNetwork").getFirst();
        assertThat(request.path("ifGeneration").asLong(-1)).isZero();
        assertThat(request.path("spec").toString())
                .isEqualTo("{\"path\":{\"fromEndpoint\":\"node-a\",\"toEndpoint\":\"node-e\","
                        + "\"capabilities\":{\"bandwidthBits\":\"20M\"}},\"type\":\"vlink\"}");

        others.status(id, others.generation(id.toString()), Phase.Waiting, type -> type == Condition.Type.Accepted);
        shown(
                "n",
                "{.status.conditions[?(@.type=='Accepted')].status} {.status.internalConnectivity} {.status.phase}",
                "True Unavailable Waiting");
        others.status(id, others.generation(id.toString()), Phase.Ready, type -> true);

        shown("n", "{.status.conditions[?(@.type=='Ready')].status} {.status.observedGeneration}", "True 1");
        assertThat(api.kubectl("get", "-n", namespace, "l2n"))
                .containsPattern("n +True +Ready +node-a,node-c,node-e +Available +0");
        await().untilAsserted(() -> assertThat(api.kubectl("get", "-n", namespace, "events"))
                .contains("Traffic passes node-a,node-c,node-e"));
    }

    @Test
    void followsAnEdit() {
        apply("n", SPEC);
        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/n")).isPositive());
        long first = others.generation("o/" + namespace + "/n");

        apply("n", SPEC.replace("20M", "30M"));

        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/n")).isGreaterThan(first));
        shown("n", "{.status.observedGeneration} {.status.conditions[?(@.type=='Accepted')].reason}", "2 Deciding");
    }

    @Test
    void showsEveryViolationInTheWordsOfTheManifest() {
        others.refuse(namespace, "$.spec.path.links[1]", "LinkUnknown", "The link link-xx is not declared.");

        apply("n", SPEC);

        shown(
                "n",
                "{.status.conditions[?(@.type=='Accepted')].reason} {.status.message}",
                "LinkUnknown spec.vlink.path.links[1]: The link link-xx is not declared.");
        await().untilAsserted(() ->
                assertThat(api.kubectl("get", "-n", namespace, "events")).contains("Warning", "LinkUnknown"));
    }

    @Test
    void leavesANetworkOfSomebodyElseAlone() {
        NetworkId id = new NetworkId("o", namespace, "n");
        others.makeNetwork(id);

        apply("n", SPEC);
        shown("n", "{.status.conditions[?(@.type=='Accepted')].reason}", "NameTaken");
        api.kubectl("delete", "-n", namespace, "l2n", "n", "--timeout=10s");

        assertThat(others.requests(id.toString())).isEmpty();
    }

    @Test
    void restoresWhatSomebodyElseChanged() {
        apply("n", SPEC);
        NetworkId id = new NetworkId("o", namespace, "n");
        await().untilAsserted(() -> assertThat(others.generation(id.toString())).isPositive());
        shown("n", "{.status.recordedGeneration}", Long.toString(others.generation(id.toString())));
        int before = others.requests(id.toString()).size();

        others.publish(
                Topic.NETWORKS,
                "o",
                id.toString(),
                new Network(
                        id,
                        100_000,
                        false,
                        Instant.now(),
                        new NetworkSpec(
                                NetworkType.VLINK, new PathSpec(null, "x", "y", null, null), null, Protection.NONE)));

        await().untilAsserted(() ->
                assertThat(others.requests(id.toString(), "DeclareNetwork")).hasSizeGreaterThan(before));
    }

    @Test
    void theSameNameInTwoNamespacesIsTwoNetworks() {
        String other = api.namespace();
        apply("n", SPEC);
        api.kubectlWith(manifest("n", SPEC), "apply", "-n", other, "-f", "-");

        await().untilAsserted(() -> {
            assertThat(others.generation("o/" + namespace + "/n")).isPositive();
            assertThat(others.generation("o/" + other + "/n")).isPositive();
        });
        api.kubectl("delete", "-n", other, "l2n", "n", "--timeout=10s");

        assertThat(others.generation("o/" + namespace + "/n")).isPositive();
        assertThat(others.generation("o/" + other + "/n")).isZero();
    }

    @Test
    void goesWhenTheSwitchesHaveConfirmed() {
        apply("n", SPEC);
        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/n")).isPositive());
        others.keepWithdrawn(namespace);
        api.kubectl("delete", "-n", namespace, "l2n", "n", "--wait=false");
        await().untilAsserted(() ->
                assertThat(others.requests(namespace, "WithdrawNetwork")).isNotEmpty());
        assertThat(api.kubectl("get", "-n", namespace, "l2n", "-o", "name")).contains("n");

        others.publish(Topic.NETWORKS, "o", "o/" + namespace + "/n", null);

        gone("n");
        assertThat(api.kubectl("get", "-n", namespace, "events")).doesNotContain("RemovalUnconfirmed");
    }

    @Test
    void goesAfterADeadlineWhereASwitchNeverAnswersAndSaysSo() {
        apply("n", SPEC);
        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/n")).isPositive());
        others.keepWithdrawn(namespace);

        api.kubectl("delete", "-n", namespace, "l2n", "n", "--timeout=30s");

        assertThat(api.kubectl("get", "-n", namespace, "events")).contains("RemovalUnconfirmed");
    }

    @Test
    void isAskedForAgainUntilSomebodyAnswers() {
        others.answering(false);
        apply("n", SPEC);
        await().untilAsserted(() ->
                assertThat(others.requests(namespace, "DeclareNetwork")).hasSizeGreaterThan(1));
        shown("n", "{.status.conditions[?(@.type=='Accepted')].reason}", "NotAnswered");

        others.answering(true);

        await().untilAsserted(() ->
                assertThat(others.generation("o/" + namespace + "/n")).isPositive());
        api.kubectl("delete", "-n", namespace, "l2n", "n", "--timeout=20s");
    }

    @Test
    void waitsForAnOverlay() {
        apply("n", SPEC.replace("overlay: o, ", ""));

        shown("n", "{.status.conditions[?(@.type=='Accepted')].reason}", "NoOverlay");
        api.kubectl("delete", "-n", namespace, "l2n", "n", "--timeout=10s");
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
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100));
    }

    private static ConditionFactory await(String what) {
        return await().alias(what);
    }
}
