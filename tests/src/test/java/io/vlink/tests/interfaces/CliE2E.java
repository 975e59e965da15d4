package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Playground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide with the command for users against the real suite: output, effects and exit codes. */
class CliE2E {

    private static final int REFUSED = 1;
    private static final int USAGE = 2;
    private static final int UNREACHABLE = 3;
    private static final int NOT_FOUND = 4;
    private static final int LATE = 5;

    @TempDir
    Path directory;

    @Test
    void doesTheGuide() throws Exception {
        try (Playground play = new Playground()) {
            // Given
            Process watching = watch(play);
            try {
                play.owns("vlink-sample");
                play.plug("a", "ping", "192.168.1.2/24");
                play.plug("e", "pong", "192.168.1.3/24");

                // When, Then: declared, first as a dry run
                assertThat(vlink(play, 0, "apply -f samples/vlink-sample.yaml --dry-run"))
                        .contains("network/vlink-sample would be admitted")
                        .contains("node-a → node-c → node-d → node-e  20 Mbit/s  0.6 ms");
                assertThat(vlink(play, NOT_FOUND, "get network vlink-sample"))
                        .contains("network/vlink-sample does not exist");
                assertThat(vlink(play, 0, "apply -f samples/vlink-sample.yaml"))
                        .isEqualTo("network/vlink-sample created\n");
                assertThat(vlink(play, LATE, "apply -f samples/vlink-sample.yaml --wait=1"))
                        .contains("network/vlink-sample unchanged")
                        .contains("network/vlink-sample is Waiting: WaitingForAttachment: ");
                assertThat(vlink(play, 0, "apply -f samples/vlink-sample.attachments.yaml --wait"))
                        .contains("attachment/vlink-sample/ping created")
                        .contains("attachment/vlink-sample/pong is Ready");
                assertThat(vlink(play, 0, "wait network vlink-sample --timeout 60s"))
                        .isEqualTo("network/vlink-sample is Ready: node-a → node-c → node-d → node-e\n");
                assertThat(play.lab().ping("ping", "192.168.1.3", 10, 0.02)).isEqualTo(10);

                assertThatItIsShown(play);
                assertThatThePathIsDrawnWithCounters(play);

                // When, Then: deleted
                assertThat(vlink(play, 0, "delete -f samples/vlink-sample.attachments.yaml"))
                        .contains("attachment/vlink-sample/ping");
                assertThat(vlink(play, 0, "delete network/vlink-sample --wait"))
                        .isEqualTo("network/vlink-sample deleted\n");
                assertThat(vlink(play, NOT_FOUND, "delete network vlink-sample"))
                        .contains("does not exist");
                assertThatEachPhaseWasSeen();
            } finally {
                watching.destroy();
                assertThat(watching.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void assertThatItIsShown(Playground play) throws IOException {
        assertThat(vlink(play, 0, "get networks"))
                .startsWith("NAME ")
                .containsPattern("vlink-sample +Ready +node-a → node-c → node-d → node-e");
        assertThat(vlink(play, 0, "get networks -A -o wide"))
                .containsPattern("default +vlink-sample .*node-e → node-d → node-b → node-a +20 Mbit/s");
        JsonNode network = json(vlink(play, 0, "get network vlink-sample -o json"));
        assertThat(network.at("/status/phase").asText()).isEqualTo("Ready");
        assertThat(vlink(play, 0, "get attachments -o name"))
                .contains("attachment/vlink-sample/ping\nattachment/vlink-sample/pong\n");
        assertThat(vlink(play, 0, "get switches")).containsPattern("000000000000000a +connected +default/node-a");
        assertThat(vlink(play, 0, "describe network vlink-sample"))
                .containsPattern("Phase: +Ready")
                .contains("first-path: node-a → node-e; over link-ac, link-cd, link-de; 20 Mbit/s; at most 0.8 ms")
                .containsPattern("Programmed +True +Confirmed")
                .containsPattern("ping +node-a +ping +yes")
                .contains("link-ac (vlan ");
    }

    private static void assertThatThePathIsDrawnWithCounters(Playground play) {
        await("counters as last read").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode path = json(vlink(play, 0, "path vlink-sample -o json"));
            for (String direction : List.of("forward", "reverse")) {
                path.path(direction)
                        .path("hops")
                        .forEach(hop -> assertThat(hop.path("packets").asLong()).isGreaterThanOrEqualTo(10));
            }
        });
        assertThat(vlink(play, 0, "path vlink-sample"))
                .containsPattern("node-c +000000000000000c +[0-9,]+ packets")
                .containsPattern("port [0-9]+ \\(to-c\\) ── link-ac, vlan [0-9]+ ── port [0-9]+ \\(to-a\\)")
                .containsSubsequence("forward", "node-a", "node-c", "node-d", "node-e", "reverse", "node-e", "node-b");
    }

    @Test
    void doesWhatUsersOfKubectlExpect() throws IOException {
        try (Playground play = new Playground()) {
            // Given
            play.owns("in-metadata");

            // Then
            assertThat(vlink(play, 0, """
                            apply -f - <<<'
                            kind: Network
                            metadata: {name: in-metadata, labels: {app: x}}
                            spec: {path: {fromEndpoint: node-a, toEndpoint: node-b}}'"""))
                    .contains("network/in-metadata created")
                    .contains("network-api does not keep metadata.labels");
            assertThat(vlink(play, 0, "wait network in-metadata --for=condition=Accepted"))
                    .isEqualTo("network/in-metadata has the condition Accepted=True\n");
            assertThat(vlink(play, LATE, "wait network in-metadata --timeout 1s"))
                    .contains("network/in-metadata is Waiting: WaitingForAttachment: ");
            assertThat(vlink(play, 0, "get all"))
                    .containsSubsequence(
                            "Nodes\n", "node-a", "Links\n", "Networks\n", "in-metadata", "Switches\n", "Services\n");
            assertThat(vlink(
                            play,
                            0,
                            "get nodes,links,networks -o yaml | '"
                                    + play.suite().root() + "/vlink' apply -f -"))
                    .contains("node/node-a unchanged", "link/link-ac unchanged", "network/in-metadata unchanged");
            assertThat(vlink(play, USAGE, "get networks -l app=x")).contains("have no labels");
            assertThat(vlink(play, 0, "get network nobody --ignore-not-found")).isEmpty();
            assertThat(vlink(play, 0, "version")).contains("command ", "REST API ");
            assertThat(vlink(play, REFUSED, "get nodes >/dev/full")).contains("The output could not be written");
            assertThat(vlink(play, 0, "delete network in-metadata")).contains("network/in-metadata");
            assertThat(vlink(play, 0, "wait network in-metadata --for=delete")).contains("is deleted");
        }
    }

    @Test
    void drawsTheTopologyWithReservedBandwidth() throws IOException {
        try (Playground play = new Playground()) {
            // When
            play.owns("fat-wire");
            String applied = vlink(
                    play,
                    0,
                    "apply -f - <<<'{name: fat-wire, path: {fromEndpoint: node-a, toEndpoint: node-e, links: [link-ac, link-cd, link-de],"
                            + " capabilities: {bandwidthBits: 250M}}}'");

            // Then
            assertThat(applied).isEqualTo("network/fat-wire created\n");
            await("it is decided").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            vlink(play, 0, "topology"))
                    .startsWith("overlay default: 5 nodes, 10 links\n")
                    .containsPattern("├─ link-ab ──▶ node-b .* 0 %  up")
                    .containsPattern("└─ link-ac ──▶ node-c  to-c → to-a +1 Gbit/s  0.2 ms  ▕███·······▏  25 %  up"));
            assertThat(vlink(play, 0, "topology -o dot"))
                    .startsWith("digraph \"vlink default\" {")
                    .contains("\"node-a\" -> \"node-c\" [label=\"link-ac\\n1 Gbit/s, 0.2 ms\\n25 % reserved\"");
            assertThat(json(vlink(play, 0, "topology -o json")).path("links")).hasSize(10);
        }
    }

    @Test
    void refusesWithEveryViolationAndTheRightExitCode() throws IOException {
        try (Playground play = new Playground()) {
            // Given
            play.owns("greedy");
            Files.writeString(directory.resolve("1.yaml"), """
                    name: greedy
                    path:
                      fromEndpoint: node-a
                      toEndpoint: node-e
                      links: [link-ac, link-cd, link-de]
                      capabilities: {bandwidthBits: 2G, latencyNanos: 0.1ms}
                    """);

            // Then
            assertThat(vlink(play, REFUSED, "apply --wait -f " + directory))
                    .contains("network/greedy created")
                    .contains("network/greedy is refused: LatencyExceeded")
                    .contains("$.path.links[0]  BandwidthExceeded: The link link-ac has ")
                    .contains("$.path.links[2]  BandwidthExceeded: ");
            assertThat(vlink(play, 0, "get networks"))
                    .containsPattern("greedy +Refused +node-a … node-e +LatencyExceeded");
            assertThat(vlink(play, REFUSED, "apply -f - <<<'{name: bad, hops: 3, path: {fromEndpoint: node-a}}'"))
                    .contains("network/bad is refused.")
                    .contains("$.path.toEndpoint  Missing: The field toEndpoint is required.")
                    .contains("$.hops  UnknownField: ");
            assertThat(vlink(play, USAGE, "apply -f - <<<'name: [a'")).contains("standard input:");
            assertThat(vlink(play, USAGE, "get thing")).contains("The kind 'thing' does not exist");
            assertThat(vlink(play, UNREACHABLE, "get nodes --api http://127.0.0.1:1"))
                    .contains("Cannot reach");
        }
    }

    @Test
    void acceptsItsOwnOutput() {
        try (Playground play = new Playground()) {
            // Given
            play.declare("printed");

            // Then
            assertThat(vlink(play, 0, "get networks -o yaml | '" + play.suite().root() + "/vlink' apply -f -"))
                    .contains("network/printed unchanged");
            assertThat(vlink(play, 0, "get nodes -o json | '" + play.suite().root() + "/vlink' apply -f -"))
                    .contains("node/node-a unchanged");
            assertThat(vlink(play, 0, "get links -o yaml | '" + play.suite().root() + "/vlink' apply -f -"))
                    .contains("link/link-ac unchanged");
        }
    }

    private Process watch(Playground play) throws Exception {
        Path seen = directory.resolve("seen");
        ProcessBuilder builder = new ProcessBuilder(
                        play.suite().root().resolve("vlink").toString(), "watch", "networks", "-o", "json")
                .redirectErrorStream(true)
                .redirectOutput(seen.toFile());
        builder.environment().putAll(play.suite().environment());
        Process watching = builder.start();
        // watch prints existing networks at once, so there must be one.
        play.declare("seen-first");
        await("watch has started").atMost(Duration.ofSeconds(60)).until(() -> Files.readString(seen)
                .contains("\"seen-first\""));
        return watching;
    }

    private void assertThatEachPhaseWasSeen() {
        await("the changes that watch printed").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<String> phases = new ArrayList<>();
            for (String line : Files.readAllLines(directory.resolve("seen"))) {
                JsonNode news = json(line);
                if (news.path("name").asText().equals("vlink-sample")) {
                    phases.add(
                            news.path("gone").asBoolean()
                                    ? "gone"
                                    : news.at("/object/status/phase").asText());
                }
            }
            assertThat(phases).containsSubsequence("Waiting", "Ready", "gone");
        });
    }

    private static String vlink(Playground play, int code, String words) {
        Command.Result result = Command.tryRun(
                Map.copyOf(play.suite().environment()),
                List.of(
                        "bash",
                        "-c",
                        "cd '%s' && ./vlink %s".formatted(play.suite().root(), words)));
        assertThat(result.exitCode())
                .as("./vlink %s: %s", words, result.output())
                .isEqualTo(code);
        return result.output();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
