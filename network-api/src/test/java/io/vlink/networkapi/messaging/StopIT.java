package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.LocalKafka;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A process that is asked to stop: nobody who was waiting is left without an answer, and what was answered stays. */
@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
final class StopIT {

    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Test
    void answersThoseWhoWaitAndKeepsWhatItRecorded() throws IOException, InterruptedException {
        // Given: nobody decides here, so this waits
        List<String> networks = List.of("one", "two", "three");
        try (ServiceProcess service = ServiceProcess.start(kafka)) {
            Rest rest = Await.serving(service.base());
            List<CompletableFuture<Rest.Reply>> waiting = networks.stream()
                    .map(name -> rest.putLater(path(name), BODY, "Prefer", "wait=25"))
                    .toList();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(networks)
                    .allSatisfy(
                            name -> assertThat(rest.get(path(name)).status()).isEqualTo(200)));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            InputStream listening = listen(service.base());

            // When
            service.terminate();

            // Then
            await().atMost(Duration.ofSeconds(2)).until(() -> refuses(rest));
            assertThat(waiting)
                    .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(202));
            assertThat(new String(listening.readAllBytes(), StandardCharsets.UTF_8))
                    .as("the stream ends in order, and says where to go on")
                    .contains("default/stop/three")
                    .containsPattern("id: .+\\n\\n$");
            assertThat(service.endsWithin(Duration.ofSeconds(10))).isTrue();
        }
        try (ServiceProcess next = ServiceProcess.start(kafka)) {
            Rest rest = Await.serving(next.base());
            assertThat(networks)
                    .allSatisfy(
                            name -> assertThat(rest.get(path(name)).status()).isEqualTo(200));
        }
    }

    private static InputStream listen(URI base) throws IOException, InterruptedException {
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(base.resolve("/v1/events?kind=network&namespace=stop&snapshot=true"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** Not ready: by its word, or because it takes no new calls any more. */
    private static boolean refuses(Rest rest) {
        try {
            return rest.get("/q/health/ready").status() == 503;
        } catch (AssertionError e) {
            return true;
        }
    }

    @Test
    void logsJsonWithTheKeysAsFields() throws IOException {
        try (ServiceProcess service = ServiceProcess.start(
                kafka, "-Dquarkus.log.console.json.enabled=true", "-Dquarkus.log.category.\"io.vlink\".level=DEBUG")) {
            Rest rest = Await.serving(service.base());

            // In many overlays: it decides about those that it owns, another instance may have the rest.
            Map<String, String> generations = new HashMap<>();
            for (int i = 0; i < 32; i++) {
                generations.put(
                        "log-%d/stop/logged".formatted(i),
                        rest.put("/v1/overlays/log-%d/namespaces/stop/networks/logged".formatted(i), BODY)
                                .header("ETag")
                                .replace("\"", ""));
            }

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(service.logged())
                    .filteredOn(line -> line.contains("DeclareNetwork"))
                    .isNotEmpty());
            for (String line : service.logged().stream()
                    .filter(line -> line.startsWith("{") && line.contains("DeclareNetwork"))
                    .toList()) {
                JsonNode record = new ObjectMapper().readTree(line);
                String subject = record.path("fields").path("subject").asText();
                assertThat(generations)
                        .containsEntry(
                                subject,
                                record.path("fields").path("generation").asText());
                assertThat(record.path("message").asText()).startsWith("DeclareNetwork");
                assertThat(record.path("level").asText()).isEqualTo("DEBUG");
            }
        }
    }

    private static String path(String name) {
        return "/v1/namespaces/stop/networks/" + name;
    }
}
