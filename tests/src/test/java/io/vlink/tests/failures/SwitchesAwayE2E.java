package io.vlink.tests.failures;

import static io.vlink.tests.failures.Harm.port;
import static io.vlink.tests.failures.ReadyTruth.NETWORK;
import static io.vlink.tests.failures.ReadyTruth.isReady;
import static io.vlink.tests.failures.ReadyTruth.joined;
import static io.vlink.tests.failures.ReadyTruth.passes;
import static io.vlink.tests.suite.Suite.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Ready and a real ping agree while switches are frozen or have lost their controller. */
class SwitchesAwayE2E {

    @Test
    void frozenSwitchesEndReadyAndRecover() {
        try (Playground play = joined()) {
            // Given: a network that ends at node-b
            between(play, "truth-short", "a", "b", List.of("link-ab"), List.of("link-ba"));
            Lab lab = play.lab();
            // When: a switch on the path of one network freezes, and one at the end of the other
            lab.freeze("b");
            lab.freeze("c");
            try {
                // Then
                await("both are not Ready").atMost(PATIENCE).untilAsserted(() -> {
                    for (String network : List.of(NETWORK, "truth-short")) {
                        JsonNode ready = play.get(network).condition("Ready");
                        assertThat(ready.path("status").asText())
                                .as("%s", ready)
                                .isEqualTo("Unknown");
                        assertThat(ready.path("reason").asText()).isEqualTo("NoSignOfLife");
                        assertThat(ready.path("message").asText()).contains("node-b");
                    }
                });
                assertThat(lab.answers("truth-a", "10.11.0.2")).isFalse();
            } finally {
                lab.thaw("b");
                lab.thaw("c");
            }
            await("both are Ready again").atMost(PATIENCE).untilAsserted(() -> {
                isReady(play);
                assertThat(play.get("truth-short").condition("ControlLost").isMissingNode())
                        .isTrue();
                assertThat(play.get("truth-short").phase()).isEqualTo("Ready");
            });
            passes(play);
            JsonNode switches = play.api().get("/v1/switches").body().path("items");
            assertThat(StreamSupport.stream(switches.spliterator(), false)
                            .map(one -> one.path("state").asText()))
                    .as("%s", switches)
                    .hasSizeGreaterThanOrEqualTo(5)
                    .containsOnly("connected");
        }
    }

    @Test
    void switchesWithoutControlStayReadyWhileNeighboursReceiveFromThem() {
        try (Playground play = joined()) {
            // Given: frames pass node-d, none pass node-c nor node-a, and BFD watches the link between node-a and
            // node-b
            between(play, "truth-busy", "e", "b", List.of("link-ed", "link-db"), List.of("link-bd", "link-de"));
            Lab lab = play.lab();
            watch(lab, "a", "to-b");
            watch(lab, "b", "to-a");
            await("BFD is up").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(lab.vsctl("b", "get", "interface", "to-a", "bfd_status:state"))
                        .contains("up");
                isReady(play);
            });
            Process ping = lab.start("truth-busy-e", "ping", "-n", "-q", "-i", "0.1", "10.12.0.2");
            Map<String, String> controllers = new HashMap<>();
            try {
                for (String node : List.of("a", "c", "d")) {
                    controllers.put(node, lab.cutControl(node));
                }
                // Then: of the idle network, only the switch without signs of life counts as away
                await("the idle network is not Ready").atMost(PATIENCE).untilAsserted(() -> {
                    JsonNode ready = play.get(NETWORK).condition("Ready");
                    assertThat(ready.path("status").asText()).as("%s", ready).isEqualTo("Unknown");
                    assertThat(ready.path("message").asText())
                            .contains("node-c")
                            .doesNotContain("node-d");
                    assertThat(play.get("truth-busy")
                                    .condition("ControlLost")
                                    .path("status")
                                    .asText())
                            .isEqualTo("True");
                });
                await("the busy network stays Ready")
                        .during(Duration.ofSeconds(3))
                        .atMost(PATIENCE)
                        .failFast("it was not Ready meanwhile", () -> {
                            JsonNode ready = play.get("truth-busy").condition("Ready");
                            assertThat(ready.path("status").asText())
                                    .as("%s", ready)
                                    .isEqualTo("True");
                        })
                        .until(() -> play.get("truth-busy")
                                .condition("Ready")
                                .path("message")
                                .asText()
                                .contains("as last known"));
                // When: a neighbour of the silent switch is back, and frames arrive
                lab.restoreControl("d", String.valueOf(controllers.remove("d")));
                await("node-d is back").atMost(PATIENCE).untilAsserted(() -> assertThat(
                                play.get("truth-busy").condition("ControlLost").isMissingNode())
                        .isTrue());
                lab.ping("truth-a", "10.11.0.2", 10, 0.1);
                // Then
                await("frames of the silent switch arrive").atMost(PATIENCE).untilAsserted(() -> assertThat(
                                play.get(NETWORK)
                                        .condition("Ready")
                                        .path("status")
                                        .asText())
                        .isEqualTo("True"));
                // When: the busy network changes meanwhile
                assertThat(play.api()
                                .declare(
                                        "truth-busy",
                                        "node-e",
                                        "node-b",
                                        List.of("link-ed", "link-dc", "link-ca", "link-ab"),
                                        List.of("link-bd", "link-de"),
                                        "")
                                .status())
                        .isBetween(200, 299);
            } finally {
                controllers.forEach(lab::restoreControl);
                lab.vsctl("a", "clear", "interface", "to-b", "bfd");
                lab.vsctl("b", "clear", "interface", "to-a", "bfd");
                ping.destroy();
            }
            // Then
            await("all is well").atMost(PATIENCE).untilAsserted(() -> {
                isReady(play);
                Api.Response busy = play.get("truth-busy");
                assertThat(busy.phase()).as("%s", busy.body()).isEqualTo("Ready");
                assertThat(busy.condition("Ready").path("observedGeneration"))
                        .isEqualTo(busy.body().path("generation"));
                assertThat(busy.condition("ControlLost").isMissingNode()).isTrue();
            });
            passes(play);
            assertThat(lab.ping("truth-busy-e", "10.12.0.2", 3, 0.05)).isEqualTo(3);
        }
    }

    /** Creates another vlink with workloads named after it and its nodes. */
    private static void between(
            Playground play, String network, String from, String to, List<String> links, List<String> back) {
        play.owns(network);
        Api.Response declared = play.api().declare(network, "node-" + from, "node-" + to, links, back, "");
        assertThat(declared.status()).as("%s", declared.body()).isBetween(200, 299);
        play.plug(from, network + "-" + from, "10.12.0.1/24");
        play.plug(to, network + "-" + to, "10.12.0.2/24");
        play.attach(network, from, network + "-" + from);
        play.attach(network, to, network + "-" + to);
        play.awaitPhase(network, "Ready");
        play.awaitAnswer(network + "-" + from, "10.12.0.2");
    }

    /** Enables BFD with a long interval, because a busy machine may be late. */
    private static void watch(Lab lab, String node, String port) {
        lab.vsctl(node, "set", "interface", port, "bfd:enable=true", "bfd:min_tx=500", "bfd:min_rx=500");
    }
}
