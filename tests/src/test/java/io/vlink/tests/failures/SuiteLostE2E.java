package io.vlink.tests.failures;

import static io.vlink.tests.suite.Suite.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Topic;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.ServiceProcess;
import io.vlink.tests.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/**
 * Kafka loses the suite's data while a vlink is in use: nothing is removed, all services report it, and one command
 * decides.
 */
class SuiteLostE2E {

    private static final Pattern COUNTS = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");
    /** Maximum number of log lines of a service about this. */
    private static final int LINES = 60;

    @Test
    void touchesNothingUntilAnOperatorDecides() throws Exception {
        try (Playground play = new Playground()) {
            // Given
            Suite suite = play.suite();
            List<ServiceProcess> services =
                    List.of(suite.networkApi(), suite.pathService(), suite.flowService(), suite.switchGateway());
            play.joined("lost", "lost-a", "10.9.0.1/24", "lost-e", "10.9.0.2/24");
            List<String> before = rules(play);
            List<Long> said = services.stream().map(SuiteLostE2E::lines).toList();
            Process ping = play.lab().start("lost-a", "ping", "-n", "-q", "-i", "0.05", "10.9.0.2");

            // When
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", suite.bootstrapServers()))) {
                admin.deleteTopics(List.of(Topic.NETWORKS.topicName())).all().get(60, TimeUnit.SECONDS);
            }

            // Then: all services report it and record nothing
            for (ServiceProcess service : services) {
                told(() -> {
                    assertThat(service.isReady()).isFalse();
                    assertThat(service.health()).contains("./vlink suite");
                });
            }
            told(() -> assertThat(suite.pathService().health()).contains("vlink.networks was recreated since 20"));
            refuses(play);

            // When: path-service and flow-service restart without that knowledge
            suite.networkApi().killAndLaunch();
            suite.pathService().killAndLaunch();

            // Then: they learn it from the gateway, which reports it for each switch
            for (ServiceProcess service : services.subList(0, 3)) {
                told(() -> assertThat(service.health())
                        .contains("5 of 5 connected switches were not set up from Kafka's present data"));
            }
            refuses(play);
            assertThat(play.api()
                            .get("/v1/services/switch-gateway")
                            .body()
                            .path("message")
                            .asText())
                    .contains("./vlink suite");
            Command.Result question = vlink(suite, "suite");
            assertThat(question.output()).contains("is left alone", "000000000000000a", "000000000000000e");
            assertThat(rules(play)).isEqualTo(before);
            assertNothingLost(ping);
            for (int i = 0; i < services.size(); i++) {
                assertThat(lines(services.get(i)) - said.get(i))
                        .as(services.get(i).logText())
                        .isLessThan(LINES);
            }

            // When
            vlink(suite, "suite", "adopt");

            // Then: all continue by themselves with the data in Kafka
            for (ServiceProcess service : services) {
                await().atMost(PATIENCE).until(service::isReady);
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rules(play)).isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(play.get("lost").status()).isEqualTo(404));
            play.declare("found");
            play.awaitPhase("found", "Waiting");
            play.delete("found");
        }
    }

    private static void refuses(Playground play) {
        told(() -> {
            Api.Response refused = play.api().put(Api.network("default", "refused"), "{\"path\": {}}");
            assertThat(refused.status()).as("%s", refused.body()).isEqualTo(503);
            assertThat(refused.body().path("detail").asText()).contains("Nothing is recorded now.", "./vlink suite");
        });
    }

    private static void assertNothingLost(Process ping) throws IOException, InterruptedException {
        Command.run(Map.of(), List.of("kill", "-INT", Long.toString(ping.pid())));
        String output = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ping.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Matcher counts = COUNTS.matcher(output);
        assertThat(counts.find()).as(output).isTrue();
        int sent = Integer.parseInt(counts.group(1));
        assertThat(sent).isGreaterThan(100);
        assertThat(Integer.parseInt(counts.group(2)))
                .as(output)
                .isGreaterThanOrEqualTo(sent - 1); // one may be on its way
    }

    private static List<String> rules(Playground play) {
        return play.everythingInstalled().stream()
                .map(line -> line.replaceAll("durationSeconds=[0-9.]+, packets=\\d+", ""))
                .sorted()
                .toList();
    }

    private static long lines(ServiceProcess service) {
        return service.logText().lines().count();
    }

    private static Command.Result vlink(Suite suite, String... words) {
        return Command.tryRun(
                suite.environment(),
                Stream.concat(Stream.of(suite.root().resolve("vlink").toString()), Stream.of(words))
                        .toList());
    }

    private static void told(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class) // it may not listen yet
                .untilAsserted(assertion);
    }
}
