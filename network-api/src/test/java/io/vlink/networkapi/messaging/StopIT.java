package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A process that is asked to stop answers every waiting call and loses no answered write. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class StopIT {

    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Test
    void answersWaitingCallsAndKeepsRecordedWrites() throws IOException, InterruptedException {
        // Given: no path-service decides, so this call waits
        List<String> networks = List.of("one", "two", "three");
        try (ApiProcess service = ApiProcess.start(kafka)) {
            Rest rest = Await.serving(service.base());
            List<CompletableFuture<Rest.Reply>> waiting = networks.stream()
                    .map(name -> rest.putLater(path(name), BODY, "Prefer", "wait=25"))
                    .toList();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(networks)
                    .allSatisfy(
                            name -> assertThat(rest.get(path(name)).status()).isEqualTo(200)));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            InputStream listening = listen(service.base());

            // When
            service.terminate();

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> refuses(rest));
            assertThat(waiting)
                    .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(202));
            assertThat(new String(listening.readAllBytes(), StandardCharsets.UTF_8))
                    .as("the stream ends properly, with the position to continue from")
                    .contains("default/stop/three")
                    .containsPattern("id: .+\\n\\n$");
            service.ends();
        }
        try (ApiProcess next = ApiProcess.start(kafka)) {
            Rest rest = Await.serving(next.base());
            assertThat(networks)
                    .allSatisfy(
                            name -> assertThat(rest.get(path(name)).status()).isEqualTo(200));
        }
    }

    @Test
    void answersRecordedWritesAndRefusesTheRestUnderConstantCalls() {
        // Given
        Set<String> recorded = ConcurrentHashMap.newKeySet();
        Set<String> refused = ConcurrentHashMap.newKeySet();
        Set<String> unanswered = ConcurrentHashMap.newKeySet();
        try (ApiProcess service = ApiProcess.start(kafka);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Rest rest = Await.serving(service.base());
            List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                    .mapToObj(caller -> CompletableFuture.runAsync(
                            () -> call(rest, "n-%d-".formatted(caller), recorded, refused, unanswered), threads))
                    .toList();
            await().until(() -> recorded.size() > 200);
            // This call is not answered at once, which leaves time to refuse others.
            var patient = rest.putLater(path("patient"), BODY, "Prefer", "wait=60");
            await().untilAsserted(
                            () -> assertThat(rest.get(path("patient")).status()).isEqualTo(200));

            // When
            service.terminate();

            // Then
            callers.forEach(CompletableFuture::join);
            assertThat(patient.join().status()).isEqualTo(202);
            service.ends();
        }
        assertThat(refused).isNotEmpty();
        try (ApiProcess next = ApiProcess.start(kafka)) {
            Rest rest = Await.serving(next.base());
            assertThat(recorded)
                    .allSatisfy(
                            name -> assertThat(rest.get(path(name)).status()).isEqualTo(200));
            assertThat(Stream.concat(refused.stream(), unanswered.stream()))
                    .allSatisfy(
                            name -> assertThat(rest.get(path(name)).status()).isEqualTo(404));
        }
    }

    @Test
    void refusesFurtherLinesOfABulkCall() throws IOException {
        try (ApiProcess service = ApiProcess.start(kafka)) {
            Rest rest = Await.serving(service.base());
            try (Socket call =
                    new Socket(service.base().getHost(), service.base().getPort())) {
                call.setSoTimeout(20_000);
                BufferedReader results =
                        new BufferedReader(new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8));
                write(
                        call,
                        "POST /v1/bulk HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
                write(call, chunk("bulk-1"));
                assertThat(result(results)).contains("\"status\":202");

                // When
                service.terminate();
                await().until(() -> refuses(rest));
                write(call, chunk("bulk-2") + "0\r\n\r\n");

                // Then
                assertThat(result(results)).contains("\"status\":503", "This instance is stopping.");
            }
            service.ends();
        }
    }

    private static void write(Socket call, String text) throws IOException {
        call.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String chunk(String name) {
        String line = "{\"type\":\"DeclareNetwork\",\"namespace\":\"stop\",\"name\":\"%s\",\"spec\":%s}\n"
                .formatted(name, BODY.replace('\'', '"'));
        return "%x\r\n%s\r\n".formatted(line.length(), line);
    }

    private static String result(BufferedReader results) throws IOException {
        String line = results.readLine();
        while (line != null && !line.startsWith("{")) {
            line = results.readLine();
        }
        return String.valueOf(line);
    }

    /** Makes networks until there is no answer, or ten were refused. */
    private static void call(
            Rest rest, String prefix, Set<String> recorded, Set<String> refused, Set<String> unanswered) {
        int refusals = 0;
        for (int i = 0; refusals < 10; i++) {
            String name = prefix + i;
            Rest.Reply reply;
            try {
                reply = rest.put(path(name), BODY);
            } catch (AssertionError e) {
                unanswered.add(name);
                return;
            }
            if (reply.status() == 202) {
                recorded.add(name);
            } else if (reply.text().contains("This instance is stopping.")) {
                refused.add(name);
                refusals++;
            } else {
                assertThat(reply.status()).as(reply.text()).isEqualTo(503); // recorded, but not read back yet
            }
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

    /** Returns whether it is not ready: it reports so, or no longer accepts calls. */
    private static boolean refuses(Rest rest) {
        try {
            return rest.get("/q/health/ready").status() == 503;
        } catch (AssertionError e) {
            return true;
        }
    }

    @Test
    void logsJsonWithTheKeysAsFields() throws IOException {
        // Given
        try (ApiProcess service = ApiProcess.start(
                kafka, "quarkus.log.console.json.enabled=true", "quarkus.log.category.\"io.vlink\".level=DEBUG")) {
            Rest rest = Await.serving(service.base());

            // When
            // In many overlays: it decides about those that it owns; another instance may own the rest.
            Map<String, String> generations = new HashMap<>();
            for (int i = 0; i < 32; i++) {
                generations.put(
                        "log-%d/stop/logged".formatted(i),
                        rest.put("/v1/overlays/log-%d/namespaces/stop/networks/logged".formatted(i), BODY)
                                .header("ETag")
                                .replace("\"", ""));
            }

            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(service.logged())
                    .filteredOn(line -> line.contains("DeclareNetwork"))
                    .isNotEmpty());
            for (String line : service.logged().stream()
                    .filter(line -> line.startsWith("{") && line.contains("DeclareNetwork"))
                    .toList()) {
                JsonNode record = new ObjectMapper().readTree(line);
                assertThat(record.path("service").asText()).isEqualTo("network-api");
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
