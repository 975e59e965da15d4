package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.broker.LocalBroker;
import io.vlink.fixtures.FreePort;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls are answered while Kafka has not started yet, is lost, and returns. */
final class KafkaAwayIT {

    private static final String NETWORK = "/v1/namespaces/away/networks/n";
    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";
    private static final String OTHER = "{'path':{'fromEndpoint':'a','toEndpoint':'c'}}";

    @TempDir
    Path directory = Path.of("");

    @Test
    void answersWithoutKafkaAndRecoversWhenItReturns() throws IOException {
        // Given
        int port = FreePort.find();
        try (ApiProcess service = ApiProcess.start("127.0.0.1:" + port)) {
            Rest rest = service.rest();

            // Then: it is live, but not ready
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(rest.get("/q/health/live").status()).isEqualTo(200));
            assertThat(rest.get("/q/health/started").status()).isEqualTo(200);
            assertThat(rest.get("/q/health/ready").status()).isEqualTo(503);
            assertThat(kafka(rest, "recorder.heard")).startsWith("Kafka was never heard; waiting since 20");
            assertThat(kafka(rest, "view.loading")).startsWith("since 20");
            assertThat(kafka(rest, "view.loaded")).isEqualTo("false");
            assertUnavailable(rest.get("/v1/namespaces/away/networks"));
            assertUnavailable(rest.put(NETWORK, BODY));

            // When: Kafka starts
            String tag;
            try (LocalBroker broker = LocalBroker.start(port, directory)) {
                assertThat(broker.bootstrapServers()).endsWith(":" + port);
                Await.serving(service.base());
                var created = rest.put(NETWORK, BODY);

                // Then
                assertThat(created.status()).isEqualTo(202);
                assertThat(kafka(rest, "recorder.heard")).isEqualTo("Kafka is heard");
                assertThat(kafka(rest, "recorder.read")).isEqualTo("partitions [0, 1, 2, 3, 4, 5, 6, 7]");
                tag = created.header("ETag");
            }

            // Then: Kafka is gone, but what was read remains
            assertUnavailable(rest.put(NETWORK, OTHER));
            assertThat(rest.get(NETWORK).header("ETag")).isEqualTo(tag);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(kafka(rest, "view.heard"))
                    .startsWith("Kafka has been silent since 20"));
            assertThat(rest.get("/q/health/ready").status()).isEqualTo(503);
            assertThat(rest.get("/q/health/live").status()).isEqualTo(200);

            await().untilAsserted(() ->
                    assertThat(said(service, "Kafka has been silent for ")).isEqualTo(2));
            assertThat(said(service, "Kafka is heard again.")).isZero();

            // When: Kafka returns
            try (LocalBroker broker = LocalBroker.start(port, directory)) {
                assertThat(broker.bootstrapServers()).endsWith(":" + port);
                var changed = await().atMost(Duration.ofSeconds(60))
                        .until(() -> rest.put(NETWORK, OTHER, "If-Match", tag), reply -> reply.status() != 503);

                // Then
                assertThat(changed.status()).isIn(202, 412);
                if (changed.status() == 412) {
                    // The PUT answered with 503 was recorded after all, and the view is about to show it.
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> !rest.get(NETWORK).header("ETag").equals(tag));
                }
                assertThat(rest.get(NETWORK).json().at("/spec/path/toEndpoint").asText())
                        .isEqualTo("c");
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() ->
                                assertThat(rest.get("/q/health/ready").status()).isEqualTo(200));
                assertThat(said(service, "Kafka has been silent for ")).isEqualTo(2);
                await().untilAsserted(() ->
                        assertThat(said(service, "Kafka is heard again.")).isEqualTo(2));
                assertRestartsFromTheLog(port, rest.get(NETWORK));
            }
        }
    }

    /** Counts a log message; its two readers each log it. */
    private static long said(ApiProcess service, String words) {
        return service.logged().stream().filter(line -> line.contains(words)).count();
    }

    private static void assertRestartsFromTheLog(int port, Rest.Reply before) {
        try (ApiProcess another = ApiProcess.start("127.0.0.1:" + port)) {
            var after = Await.serving(another.base()).get(NETWORK);
            assertThat(after.text()).isEqualTo(before.text());
        }
    }

    /** Returns a value of the readiness check of Kafka. */
    private static String kafka(Rest rest, String what) {
        for (JsonNode check : rest.get("/q/health/ready").json().path("checks")) {
            if (check.path("name").asText().equals("kafka")) {
                return check.path("data").path(what).asText();
            }
        }
        throw new AssertionError("There is no readiness check of Kafka.");
    }

    private static void assertUnavailable(Rest.Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:vlink:problem:unavailable");
    }
}
