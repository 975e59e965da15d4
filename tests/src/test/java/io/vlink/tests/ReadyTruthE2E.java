package io.vlink.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Kcat;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Ready and a real ping always agree: after any interference with real switches by their own tools, a network that
 * passes no frames is not Ready, says why, and is Ready again once the interference is undone.
 */
class ReadyTruthE2E {

    /** Time for reports of switches, and for foreign rules, which this suite reads every second. */
    private static final Duration TOLD = Duration.ofSeconds(6);
    /** Time until a silent switch counts as away: it must be silent for 10 s. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(13);

    private static final Duration MENDED = Duration.ofSeconds(15);
    private static final String NETWORK = "truth";

    /** An action on a switch. */
    private interface Deed {
        void on(Lab lab);
    }

    /**
     * An interference that stops frames.
     *
     * @param reason expected reason of Ready
     * @param words expected parts of its message
     */
    private record Harm(String what, Deed done, Deed undone, String reason, List<String> words) {}

    private static Harm port(String node, String port, String flag, String undone, String reason, String... words) {
        return new Harm(
                "mod-port %s %s of node-%s".formatted(port, flag, node),
                lab -> lab.ofctl(node, "mod-port", port, flag),
                lab -> lab.ofctl(node, "mod-port", port, undone),
                reason,
                List.of(words));
    }

    private static Harm foreign(String node, String rule, String reason, String... words) {
        return new Harm(
                "the foreign rule %s in node-%s".formatted(rule, node),
                lab -> lab.ofctl(node, "add-flow", "cookie=0x77," + rule),
                lab -> lab.ofctl(node, "del-flows", "cookie=0x77/-1"),
                reason,
                List.of(words));
    }

    private static Harm bridge(String node, String setting, String... words) {
        return new Harm(
                "%s at node-%s".formatted(setting, node),
                lab -> lab.vsctl(node, "set", "bridge", "br0", setting + "=true"),
                lab -> lab.vsctl(node, "set", "bridge", "br0", setting + "=false"),
                "LinkDown",
                List.of(words));
    }

    private static Harm mirror(String node, String output, String reason, String... words) {
        return new Harm(
                "the mirror by %s of node-%s".formatted(output, node),
                lab -> mirror(lab, node, output),
                lab -> lab.vsctl(node, "clear", "bridge", "br0", "mirrors"),
                reason,
                List.of(words));
    }

    @Test
    void portEventsEndReadyAtOnce() {
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
        try (Playground play = joined()) {
            for (Harm harm : harms) {
                isTold(play, harm);
            }
        }
    }

    @Test
    void showsASendingObstacleOnThePortAndItsLink() {
        try (Playground play = new Playground()) {
            play.lab().ofctl("c", "mod-port", "to-d", "no-forward");
            try {
                await("it is shown").atMost(TOLD).untilAsserted(() -> {
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
                play.lab().ofctl("c", "mod-port", "to-d", "forward");
            }
            await("it is up").atMost(TOLD).untilAsserted(() -> assertThat(play.api()
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
            for (Harm harm : harms) {
                isTold(play, harm);
            }
        }
    }

    @Test
    void interferenceThatStopsNoFramesKeepsReady() {
        List<Harm> harmless = List.of(
                port("c", "to-d", "no-packet-in", "packet-in", ""),
                port("c", "to-d", "no-flood", "flood", ""),
                foreign("c", "priority=1,actions=drop", ""),
                foreign("c", "table=7,priority=65535,actions=drop", ""),
                foreign("d", "priority=65535,in_port=to-c,dl_vlan=4094,actions=drop", ""));
        try (Playground play = joined()) {
            try {
                harmless.forEach(harm -> harm.done().on(play.lab()));
                play.plug("d", "truth-tap");
                mirror(play.lab(), "d", "truth-tap");
                await("the mirror is named").atMost(TOLD).untilAsserted(() -> assertThat(play.api()
                                .get("/v1/switches/000000000000000d")
                                .body()
                                .path("warnings")
                                .toString())
                        .contains("Mirrors", "truth-spy", "all ports"));
                // Twice the interval in which foreign rules are read
                await("it stays Ready")
                        .during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(4))
                        .untilAsserted(() -> isReady(play));
                passes(play);
            } finally {
                play.lab().vsctl("d", "clear", "bridge", "br0", "mirrors");
                harmless.forEach(harm -> harm.undone().on(play.lab()));
            }
            await("the mirror is gone").atMost(TOLD).untilAsserted(() -> assertThat(play.api()
                            .get("/v1/switches/000000000000000d")
                            .body()
                            .path("warnings")
                            .toString())
                    .doesNotContain("Mirrors"));
        }
    }

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
                await("both are not Ready").atMost(GIVEN_UP).untilAsserted(() -> {
                    for (String network : List.of(NETWORK, "truth-short")) {
                        JsonNode ready = play.get(network).condition("Ready");
                        assertThat(ready.path("status").asText())
                                .as("%s", ready)
                                .isEqualTo("Unknown");
                        assertThat(ready.path("reason").asText()).isEqualTo("NoSignOfLife");
                        assertThat(ready.path("message").asText()).contains("node-b");
                    }
                });
                assertThat(lab.ping("truth-a", "10.11.0.2", 2, 0.05)).isZero();
            } finally {
                lab.thaw("b");
                lab.thaw("c");
            }
            await("both are Ready again").atMost(MENDED).untilAsserted(() -> {
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
            await("BFD is up").atMost(MENDED).untilAsserted(() -> {
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
                await("the idle network is not Ready").atMost(GIVEN_UP).untilAsserted(() -> {
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
                        .atMost(Duration.ofSeconds(5))
                        .untilAsserted(() -> {
                            JsonNode ready = play.get("truth-busy").condition("Ready");
                            assertThat(ready.path("status").asText())
                                    .as("%s", ready)
                                    .isEqualTo("True");
                            assertThat(ready.path("message").asText()).contains("as last known");
                        });
                // When: a neighbour of the silent switch is back, and frames arrive
                lab.restoreControl("d", String.valueOf(controllers.remove("d")));
                await("node-d is back").atMost(MENDED).untilAsserted(() -> assertThat(
                                play.get("truth-busy").condition("ControlLost").isMissingNode())
                        .isTrue());
                lab.ping("truth-a", "10.11.0.2", 10, 0.1);
                // Then
                await("frames of the silent switch arrive").atMost(TOLD).untilAsserted(() -> assertThat(
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
            await("all is well").atMost(MENDED).untilAsserted(() -> {
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
            await("pings pass").atMost(TOLD).until(() -> lab.packetsFrom(via, "to-a") > 50);
            try {
                // When
                lab.ofctl(via, "mod-port", "to-d", "no-forward");
                await("it moves to another path").atMost(TOLD).untilAsserted(() -> assertThat(lab.flows(via))
                        .isEmpty());
                await("it is Ready").atMost(TOLD).untilAsserted(() -> isReady(play));
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

    private static Playground joined() {
        Playground play = new Playground();
        try {
            play.joined(NETWORK, "truth-a", "10.11.0.1/24", "truth-e", "10.11.0.2/24");
        } catch (Throwable e) {
            play.close();
            throw e;
        }
        return play;
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

    /** Interferes, compares Ready with a ping, undoes the interference, and compares again. */
    private static void isTold(Playground play, Harm harm) {
        Lab lab = play.lab();
        harm.done().on(lab);
        try {
            await(harm.what()).atMost(TOLD).untilAsserted(() -> {
                Api.Response now = play.get(NETWORK);
                JsonNode ready = now.condition("Ready");
                assertThat(ready.path("status").asText())
                        .as("%s: %s", harm.what(), ready)
                        .isNotEqualTo("True");
                assertThat(ready.path("reason").asText())
                        .as("%s: %s", harm.what(), ready)
                        .isEqualTo(harm.reason());
                assertThat(ready.path("message").asText()).contains(harm.words());
                if (harm.words().getFirst().startsWith("truth-")) { // a workload's port
                    assertThat(now.condition("Attached").path("status").asText())
                            .as("Attached: %s", now.body())
                            .isEqualTo("False");
                }
            });
            // A datapath's cache may follow later than the status
            await("no answer while: " + harm.what())
                    .atMost(TOLD)
                    .until(() -> lab.ping("truth-a", "10.11.0.2", 2, 0.05) == 0);
        } finally {
            harm.undone().on(lab);
        }
        await("after " + harm.what()).atMost(MENDED).untilAsserted(() -> isReady(play));
        passes(play);
    }

    private static void isReady(Playground play) {
        Api.Response now = play.get(NETWORK);
        assertThat(now.condition("Ready").path("status").asText())
                .as("%s", now.body())
                .isEqualTo("True");
        assertThat(now.condition("Ready").path("reason").asText())
                .as("%s", now.body())
                .isEqualTo("Serving");
        assertThat(now.condition("Attached").path("status").asText())
                .as("%s", now.body())
                .isEqualTo("True");
    }

    private static void passes(Playground play) {
        play.awaitAnswer("truth-a", "10.11.0.2");
        play.awaitAnswer("truth-e", "10.11.0.1");
    }

    /** Enables BFD with a long interval, because a busy machine may be late. */
    private static void watch(Lab lab, String node, String port) {
        lab.vsctl(node, "set", "interface", port, "bfd:enable=true", "bfd:min_tx=500", "bfd:min_rx=500");
    }

    private static void mirror(Lab lab, String node, String output) {
        lab.vsctl(
                node,
                "--id=@to",
                "get",
                "port",
                output,
                "--",
                "--id=@m",
                "create",
                "mirror",
                "name=truth-spy",
                "select_all=true",
                "output_port=@to",
                "--",
                "set",
                "bridge",
                "br0",
                "mirrors=@m");
    }
}
