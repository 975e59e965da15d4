package io.vlink.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The warnings of kubectl when an Overlay that networks cross is edited or deleted. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class OverlayWarningsIT {

    private static final String TWO =
            "{topology: {nodes: [node-a, node-b, node-c], links: [{endpointA: node-a, endpointB: node-b},"
                    + " {endpointA: node-b, endpointB: node-c}]}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    WebhookServer webhook;

    private final ApiServer api = ApiServer.shared();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Others others;

    private String name = "";
    private String namespace = "";

    @BeforeEach
    void begin() {
        others = new Others(kafka);
        namespace = api.namespace();
        name = "warned-" + namespace;
        await().until(() -> webhook.port() > 0);
        api.letAskAboutOverlays(webhook.port());
    }

    @AfterEach
    void end() {
        api.kubectl("delete", "-n", namespace, "ovl", "--all", "--timeout=20s");
        api.kubectl("delete", "validatingwebhookconfiguration", "vlink-operator");
        others.close();
    }

    @Test
    void warnsInADryRunAndOnRemovalOfALinkInUseButNotOfAnUnusedLink() {
        // Given
        assertThat(apply(TWO)).doesNotContain("Warning");
        await().until(() -> api.kubectl("get", "-n", namespace, "ovl", name, "-o", "jsonpath={.status.ownedLinks}")
                .contains("link-cb"));
        others.publish(Topic.PATHS, name, name + "/tenant/secret", decision());
        String word = "Warning: InUse: the link link-ab: 1 network crosses it";
        String without = TWO.replace("{endpointA: node-a, endpointB: node-b},", "");

        // Then
        await().untilAsserted(() ->
                assertThat(apply(without, "--dry-run=server")).contains(word).doesNotContain("secret"));
        assertThat(apply(TWO.replace(", {endpointA: node-b, endpointB: node-c}", ""), "--dry-run=server"))
                .doesNotContain("Warning");
        assertThat(apply(without)).contains(word).contains("configured");
        assertThat(api.kubectlSaid("", "delete", "-n", namespace, "ovl", name, "--timeout=20s"))
                .contains("Warning: InUse: the node node-b: 1 network crosses it; no new path may cross it");
    }

    private String apply(String spec, String... more) {
        String[] words = new String[more.length + 5];
        System.arraycopy(new String[] {"apply", "-n", namespace, "-f", "-"}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        return api.kubectlSaid(
                "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: Overlay, metadata: {name: %s}, spec: %s}"
                        .formatted(name, spec),
                words);
    }

    private PathDecision decision() {
        DatapathId a = DatapathId.of("a");
        DatapathId b = DatapathId.of("b");
        Lane there = new Lane("link-ab", Label.of("vlan:1"), null, null, null, null);
        Lane back = new Lane("link-ba", Label.of("vlan:1"), null, null, null, null);
        Circuit circuit = new Circuit(
                1,
                1,
                List.of(new Endpoint("node-a", a, null, null), new Endpoint("node-b", b, null, null)),
                List.of(
                        new Route(
                                null,
                                List.of(
                                        Hop.straight("node-a", a, new AtEndpoint(0), Face.working(there, 1)),
                                        Hop.straight("node-b", b, there, Face.working(new AtEndpoint(1), null))),
                                null,
                                1,
                                null),
                        new Route(
                                null,
                                List.of(
                                        Hop.straight("node-b", b, new AtEndpoint(1), Face.working(back, 1)),
                                        Hop.straight("node-a", a, back, Face.working(new AtEndpoint(0), null))),
                                null,
                                1,
                                null)));
        return new PathDecision(
                new NetworkId(name, "tenant", "secret"),
                new Revision(1, 1, 0),
                Outcome.ADMITTED,
                List.of(),
                circuit,
                List.of(),
                List.of(),
                List.of(),
                Instant.now());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
