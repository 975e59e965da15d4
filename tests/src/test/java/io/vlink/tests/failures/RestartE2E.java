package io.vlink.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.ServiceProcess;
import io.vlink.tests.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services that are killed, paused and replaced while vlinks are live. */
class RestartE2E {

    private static final List<String> NODES = List.of("a", "b", "c", "d", "e");

    @Test
    void sendsNoFlowModWhenTheGatewayRestartsAndTheRulesAreRight() {
        try (Playground play = new Playground()) {
            // Given
            play.joined(
                    "kept",
                    ", \"capabilities\": {\"bandwidthBits\": \"20M\"}",
                    "kept-a",
                    "10.5.0.1/24",
                    "kept-e",
                    "10.5.0.2/24");
            Lab lab = play.lab();
            // The marker is updated at most 1 s after the last rule.
            List<String> markers = new ArrayList<>();
            await("the markers are up to date")
                    .during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        List<String> now = NODES.stream().map(lab::marker).toList();
                        boolean same = now.equals(markers);
                        markers.clear();
                        markers.addAll(now);
                        return same;
                    });
            NODES.forEach(node -> lab.appctl(node, "vlog/set", "vconn:file:dbg"));
            List<String> before = withoutCounters(play);

            // When
            play.suite().switchGateway().killAndRestart();

            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                JsonNode switches = play.api().get("/v1/switches").body();
                assertThat(switches.toString().split("\"connected\"", -1)).hasSize(NODES.size() + 1);
            });
            await("the gateway reads the rules back")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> {
                        for (String node : NODES) {
                            assertThat(messages(lab, node)).anyMatch(m -> m.contains("OFPST_FLOW request"));
                        }
                    });
            play.awaitPhase("kept", "Ready");
            for (String node : NODES) {
                assertThat(messages(lab, node))
                        .as("messages to switch %s", node)
                        .noneMatch(m -> m.contains("FLOW_MOD") || m.contains("METER_MOD") || m.contains("BUNDLE"));
                lab.appctl(node, "vlog/set", "vconn:file:info");
            }
            assertThat(withoutCounters(play)).isEqualTo(before);
            assertThat(lab.ping("kept-a", "10.5.0.2", 3, 0.05)).isEqualTo(3);
        }
    }

    @Test
    void changesNothingWhenAnyServiceIsKilledAndRestarted() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("killed", "kill-a", "10.5.1.1/24", "kill-e", "10.5.1.2/24");
            JsonNode path = play.api()
                    .get(Api.network("default", "killed") + "/path")
                    .body()
                    .path("circuit");
            List<String> before = withoutCounters(play);
            Suite suite = play.suite();

            for (ServiceProcess service :
                    List.of(suite.networkApi(), suite.pathService(), suite.flowService(), suite.switchGateway())) {
                // When
                service.killAndRestart();

                // Then
                play.awaitPhase("killed", "Ready");
                assertThat(withoutCounters(play)).isEqualTo(before);
                assertThat(play.api()
                                .get(Api.network("default", "killed") + "/path")
                                .body()
                                .path("circuit"))
                        .isEqualTo(path);
                assertThat(play.lab().ping("kill-a", "10.5.1.2", 3, 0.05)).isEqualTo(3);
            }
            play.declare("after-kills");
            play.awaitPhase("after-kills", "Waiting");
        }
    }

    @Test
    void ignoresAnOwnerThatWasPausedAndWakesUpAfterAnotherTookOver() {
        try (Playground play = new Playground()) {
            Suite suite = play.suite();
            play.joined("paused", "pau-a", "10.5.2.1/24", "pau-e", "10.5.2.2/24");
            for (ServiceProcess owner : List.of(suite.pathService(), suite.flowService())) {
                // Given: the owner is paused, and another instance takes its partitions
                owner.pause();
                ServiceProcess heir = owner.second(Suite.freePorts(1).getFirst());
                String network = "heir-" + owner.pid();
                play.declare(network);
                play.awaitPhase(network, "Waiting");
                play.delete("paused");
                play.declare("paused");
                play.awaitPhase("paused", "Ready");
                List<String> before = withoutCounters(play);
                long generation = play.get("paused").body().path("generation").asLong();

                // When
                owner.resume();
                owner.awaitReady();

                // Then
                play.declare(network + "-b");
                play.awaitPhase(network + "-b", "Waiting");
                play.awaitPhase("paused", "Ready");
                assertThat(withoutCounters(play)).isEqualTo(before);
                assertThat(play.get("paused").body().path("generation").asLong())
                        .isEqualTo(generation);
                assertThat(play.lab().ping("pau-a", "10.5.2.2", 3, 0.05)).isEqualTo(3);
                heir.stop();
                owner.awaitReady();
            }
        }
    }

    @Test
    void bringsRulesBackAfterASwitchWasRestarted() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("switched", "swi-a", "10.5.3.1/24", "swi-e", "10.5.3.2/24");

            // When
            play.lab().stopSwitch("c");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(play.get("switched")
                            .condition("ControlLost")
                            .path("status")
                            .asText())
                    .isEqualTo("True"));
            play.lab().startSwitch("c");

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> play.lab().ping("swi-a", "10.5.3.2", 2, 0.05) == 2);
            play.awaitPhase("switched", "Ready");
        }
    }

    /** Returns rules and meters without their counters. */
    private static List<String> withoutCounters(Playground play) {
        return play.everythingInstalled().stream()
                .map(line -> line.replaceAll("durationSeconds=[0-9.]+, packets=\\d+", ""))
                .sorted()
                .toList();
    }

    /** Returns the OpenFlow messages that the switch logged as received. */
    private static List<String> messages(Lab lab, String node) {
        return lab.log(node).lines().filter(line -> line.contains("received:")).toList();
    }
}
