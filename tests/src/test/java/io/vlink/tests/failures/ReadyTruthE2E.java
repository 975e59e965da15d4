package io.vlink.tests.failures;

import static io.vlink.tests.failures.Harm.bridge;
import static io.vlink.tests.failures.Harm.foreign;
import static io.vlink.tests.failures.Harm.mirror;
import static io.vlink.tests.failures.Harm.port;
import static io.vlink.tests.failures.ReadyTruth.NETWORK;
import static io.vlink.tests.failures.ReadyTruth.isReady;
import static io.vlink.tests.failures.ReadyTruth.isTold;
import static io.vlink.tests.failures.ReadyTruth.joined;
import static io.vlink.tests.failures.ReadyTruth.passes;
import static io.vlink.tests.suite.Suite.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Kcat;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Ready and a real ping always agree: after any interference with real switches by their own tools, a network that
 * passes no frames is not Ready, says why, and is Ready again once the interference is undone. */
class ReadyTruthE2E {

    @Test
    void portEventsEndReadyAtOnce() {
        // Given
        List<Harm> harms = List.of(
                port("c", "to-d", "no-forward", "forward", "LinkDown", "link-cd", "no-forward", "mod-port"),
                port("d", "to-c", "no-receive", "receive", "LinkDown", "link-cd", "no-receive"),
                port("c", "to-d", "down", "up", "LinkDown", "link-cd"),
                port("e", "truth-e", "no-forward", "forward", "NoForward", "truth-e"),
                port("a", "truth-a", "no-receive", "receive", "NoReceive", "truth-a"),
                new Harm(
                        "the link of a workload's port is down",
                        lab -> lab.exec("a", "ip", "link", "set", "truth-a", "down"),
                        lab -> lab.exec("a", "ip", "link", "set", "truth-a", "up"),
                        "PortDown",
                        List.of("truth-a")),
                new Harm(
                        "the workload's side of its port is down",
                        lab -> lab.exec("truth-e", "ip", "link", "set", "eth0", "down"),
                        lab -> lab.exec("truth-e", "ip", "link", "set", "eth0", "up"),
                        "PortDown",
                        List.of("truth-e")),
                new Harm(
                        "the workload's port is deleted",
                        lab -> lab.vsctl("e", "del-port", "br0", "truth-e"),
                        lab -> lab.vsctl("e", "add-port", "br0", "truth-e"),
                        "PortUnknown",
                        List.of("truth-e")),
                new Harm(
                        "a link's port is deleted",
                        lab -> lab.vsctl("b", "del-port", "br0", "to-a"),
                        lab -> lab.vsctl("b", "add-port", "br0", "to-a"),
                        "PortUnknown",
                        List.of("node-b", "link-ba")),
                new Harm(
                        "the link of a link's port is down",
                        lab -> lab.exec("c", "ip", "link", "set", "to-d", "down"),
                        lab -> lab.exec("c", "ip", "link", "set", "to-d", "up"),
                        "LinkDown",
                        List.of("link-cd")),
                mirror("d", "to-c", "LinkDown", "link-cd", "to-c", "output of a mirror"),
                mirror("e", "truth-e", "MirrorOutput", "truth-e", "output of a mirror"),
                bridge("d", "stp_enable", "spanning tree", "stp_enable=false"),
                bridge("b", "rstp_enable", "spanning tree", "rstp_enable=false"));

        // Then
        try (Playground play = joined()) {
            for (Harm harm : harms) {
                isTold(play, harm);
            }
        }
    }

    @Test
    void showsASendingObstacleOnThePortAndItsLink() {
        try (Playground play = new Playground()) {
            // When
            play.lab().ofctl("c", "mod-port", "to-d", "no-forward");
            try {
                // Then
                await("it is shown").atMost(PATIENCE).untilAsserted(() -> {
                    JsonNode link = play.api()
                            .get("/v1/overlays/default/links/link-cd")
                            .body()
                            .path("status");
                    assertThat(link.path("up").asBoolean(true)).as("%s", link).isFalse();
                    assertThat(link.path("reason").asText()).isEqualTo("NoForward");
                    assertThat(link.path("message").asText()).contains("to-d", "mod-port");
                    assertThat(play.api()
                                    .get("/v1/switches/000000000000000c")
                                    .body()
                                    .path("ports")
                                    .toString())
                            .contains("\"sending\":{\"reason\":\"NoForward\"");
                });
            } finally {
                // When
                play.lab().ofctl("c", "mod-port", "to-d", "forward");
            }

            // Then
            await("it is up").atMost(PATIENCE).untilAsserted(() -> assertThat(play.api()
                            .get("/v1/overlays/default/links/link-cd")
                            .body()
                            .path("status")
                            .path("up")
                            .asBoolean())
                    .isTrue());
        }
    }

    @Test
    void foreignRulesAboveVlinksRulesEndReady() {
        try (Playground play = joined()) {
            // Given
            int label = play.lab().flows("d").stream()
                    .filter(flow -> flow.inPort().equals("to-c"))
                    .findFirst()
                    .orElseThrow()
                    .label();
            List<Harm> harms = List.of(
                    foreign("c", "priority=65535,in_port=to-a,actions=drop", "Shadowed", "node-c", "65535"),
                    foreign("d", "priority=65000,dl_vlan=%d,actions=drop".formatted(label), "Shadowed", "node-d"),
                    foreign("a", "priority=64999,in_port=truth-a,actions=drop", "Shadowed", "node-a", "64999"),
                    new Harm(
                            "a foreign rule that sends all frames to a table where they end",
                            lab -> {
                                lab.ofctl("b", "add-flow", "cookie=0x77,table=9,priority=1,actions=drop");
                                lab.ofctl("b", "add-flow", "cookie=0x77,priority=65535,actions=resubmit(,9)");
                            },
                            lab -> lab.ofctl("b", "del-flows", "cookie=0x77/-1"),
                            "Shadowed",
                            List.of("node-b")),
                    foreign("e", "priority=65535,reg0=0,actions=drop", "PossiblyShadowed", "node-e"));

            // Then
            for (Harm harm : harms) {
                isTold(play, harm);
            }
        }
    }

    @Test
    void interferenceThatStopsNoFramesKeepsReady() {
        // Given
        List<Harm> harmless = List.of(
                port("c", "to-d", "no-packet-in", "packet-in", ""),
                port("c", "to-d", "no-flood", "flood", ""),
                foreign("c", "priority=1,actions=drop", ""),
                foreign("c", "table=7,priority=65535,actions=drop", ""),
                foreign("d", "priority=65535,in_port=to-c,dl_vlan=4094,actions=drop", ""));
        try (Playground play = joined()) {
            try {
                // When
                harmless.forEach(harm -> harm.done().on(play.lab()));
                play.plug("d", "truth-tap");
                mirror(play.lab(), "d", "truth-tap");

                // Then
                await("the mirror is named").atMost(PATIENCE).untilAsserted(() -> assertThat(play.api()
                                .get("/v1/switches/000000000000000d")
                                .body()
                                .path("warnings")
                                .toString())
                        .contains("Mirrors", "truth-spy", "all ports"));
                // Twice the interval in which foreign rules are read
                await("it stays Ready")
                        .during(Duration.ofSeconds(2))
                        .atMost(PATIENCE)
                        .failFast("it was not Ready meanwhile", () -> isReady(play))
                        .until(() -> true);
                passes(play);
            } finally {
                // When
                play.lab().vsctl("d", "clear", "bridge", "br0", "mirrors");
                harmless.forEach(harm -> harm.undone().on(play.lab()));
            }

            // Then
            await("the mirror is gone").atMost(PATIENCE).untilAsserted(() -> assertThat(play.api()
                            .get("/v1/switches/000000000000000d")
                            .body()
                            .path("warnings")
                            .toString())
                    .doesNotContain("Mirrors"));
        }
    }

    @Test
    void repairsADeadPathWithoutWaitingForTraffic() throws Exception {
        try (Playground play = new Playground()) {
            // Given: a vlink with a computed path, under traffic
            Lab lab = play.lab();
            play.owns(NETWORK);
            Api.Response declared = play.api().put(Api.network("default", NETWORK), """
                    {"type": "vlink", "path": {"fromEndpoint": "node-a", "toEndpoint": "node-e"}, "protection": "restore"}""");
            assertThat(declared.status()).as("%s", declared.body()).isBetween(200, 299);
            play.plug("a", "truth-a", "10.11.0.1/24");
            play.plug("e", "truth-e", "10.11.0.2/24");
            play.attach(NETWORK, "a", "truth-a");
            play.attach(NETWORK, "e", "truth-e");
            play.awaitPhase(NETWORK, "Ready");
            passes(play);
            String via = lab.flows("c").isEmpty() ? "b" : "c";
            Process ping = lab.start("truth-a", "ping", "-n", "-q", "-i", "0.01", "-c", "400", "10.11.0.2");
            await("pings pass").atMost(PATIENCE).until(() -> lab.packetsFrom(via, "to-a") > 50);
            try {
                // When
                lab.ofctl(via, "mod-port", "to-d", "no-forward");
                await("it moves to another path").atMost(PATIENCE).untilAsserted(() -> assertThat(lab.flows(via))
                        .isEmpty());
                await("it is Ready").atMost(PATIENCE).untilAsserted(() -> isReady(play));
            } finally {
                lab.ofctl(via, "mod-port", "to-d", "forward");
            }
            // Then
            assertThat(ping.waitFor()).isZero();
            String report = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher received = Pattern.compile("(\\d+) received").matcher(report);
            assertThat(received.find()).as(report).isTrue();
            assertThat(400 - Integer.parseInt(received.group(1)))
                    .as("hundredths of a second without an answer")
                    .isLessThan(150);
            assertThat(new Kcat(play.suite().bootstrapServers()).read("vlink.statuses"))
                    .filteredOn(record -> String.valueOf(record.key()).endsWith("/" + NETWORK))
                    .extracting(record -> String.valueOf(record.payload()))
                    .noneMatch(status -> status.contains("takes the old one") || status.contains("settles"));
        }
    }
}
