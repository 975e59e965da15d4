package io.vlink.path.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.NetworkId;
import io.vlink.events.paths.Outcome;
import io.vlink.fixtures.BrokerResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole service as Quarkus starts it. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class PathServiceIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @SuppressWarnings("NullAway.Init") // injected
    PathServiceIT() {}

    @Test
    void becomesReadyThenDecidesAndCounts() throws Exception {
        // Given
        await().atMost(Desk.DEADLINE).until(() -> get("/q/health/ready").statusCode() == 200);

        // When
        try (Desk desk = new Desk(bootstrapServers, "quarkus")) {
            desk.topology();
            NetworkId id = desk.declare("sample", 1);
            desk.awaitDecision(id, decision -> decision.outcome() == Outcome.ADMITTED);
        }

        // Then
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/q/metrics").body())
                .containsPattern("vlink_path_decisions_total\\{outcome=\"admitted\"\\} [1-9]");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
