package io.vlink.networkapi.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.fixtures.BrokerResource;
import io.vlink.log.Partitions;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers while path-service or flow-service is missing. The test plays both and silences one. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestProfile(MissingIT.Soon.class)
final class MissingIT {

    private static final String NETWORKS = "/v1/namespaces/missing/networks/";
    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";
    private static final String PATH = "path-service";
    private static final String FLOW = "flow-service";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Short intervals, to detect a missing service soon. */
    public static final class Soon implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("vlink.log.beat", "400ms", "vlink.log.silence", "2s");
        }
    }

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @SuppressWarnings("NullAway.Init") // set before each test
    private KafkaUser suite;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PlayedServices services;

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
        suite = new KafkaUser(kafka, Topic.NETWORKS, Topic.ATTACHMENTS);
        services = new PlayedServices(suite, PATH, FLOW, "switch-gateway");
        awaitState(PATH, "present");
        awaitState(FLOW, "present");
    }

    @AfterEach
    void disconnect() {
        services.close();
        suite.close();
    }

    @Test
    void reportsDelayedDecisionsAndTheMissingService() throws Exception {
        // Given
        services.silence(PATH);
        awaitState(PATH, "missing");
        try (Listener events = new Listener()) {
            // When
            var declared = rest.put(NETWORKS + "undecided", BODY, "Prefer", "wait=1");

            // Then
            assertThat(declared.status()).isEqualTo(202);
            assertThat(message(declared.json(), "Accepted"))
                    .startsWith("Generation ")
                    .contains("is recorded, but decisions are delayed since 20", ": path-service is away.");
            events.await("/undecided\"", "\"phase\":\"Pending\"", "path-service is away");
            JsonNode listed = listed("undecided");
            assertThat(message(listed, "Accepted")).isEqualTo(message(declared.json(), "Accepted"));

            var attached = rest.put(NETWORKS + "undecided/attachments/x", "{'node':'a','port':'p'}");
            assertThat(attached.json().at("/status/message").asText())
                    .startsWith("The attachment is recorded, but decisions are delayed since 20");

            var forecast = rest.put(NETWORKS + "never?dryRun=true", BODY);
            assertThat(forecast.status()).isEqualTo(504);
            assertThat(forecast.json().path("detail").asText()).contains("path-service is away since 20");

            var withdrawn = rest.delete(NETWORKS + "undecided", "Prefer", "wait=1");
            assertThat(withdrawn.status()).isEqualTo(202);
            assertThat(message(withdrawn.json(), "Accepted"))
                    .contains(
                            "The deletion",
                            "decisions are delayed since 20",
                            "path-service is away",
                            "Nothing is lost");

            // And when it is back
            services.speak(PATH);
            await().atMost(DEADLINE).until(() -> rest.get(NETWORKS + "undecided")
                    .json()
                    .at("/status/conditions")
                    .isEmpty());
        }
        assertThat(rest.get("/q/health/ready").status()).isEqualTo(200);
    }

    @Test
    void recordsNothingWhileAGatewayDoubtsKafkasData() throws Exception {
        // Given
        String doubt = "5 of 5 connected switches were not set up from Kafka's present data.";
        assertThat(rest.put(NETWORKS + "before", BODY).status()).isEqualTo(202);

        // When
        services.doubt(doubt);

        // Then
        await().atMost(DEADLINE).until(() -> rest.get("/q/health/ready").status() == 503);
        var refused = rest.put(NETWORKS + "doubted", BODY);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("Nothing is recorded now. switch-gateway (played): " + doubt);
        assertThat(rest.delete(NETWORKS + "before").status()).isEqualTo(503);
        assertThat(rest.get(NETWORKS + "before").status()).isEqualTo(200);
        assertThat(rest.get("/v1/services/switch-gateway")
                        .json()
                        .path("message")
                        .asText())
                .isEqualTo(doubt);

        // And a request from Kafka waits
        byte[] request =
                "{\"type\":\"DeclareNetwork\",\"requestId\":\"r-doubt\",\"namespace\":\"missing\",\"name\":\"waits\",\"spec\":{\"type\":\"vlink\",\"path\":{\"fromEndpoint\":\"a\",\"toEndpoint\":\"b\"}}}"
                        .getBytes(StandardCharsets.UTF_8);
        var unused = suite.produce(Topic.REQUESTS, Partitions.of("default", 8), "default/missing/waits", request);
        await().during(Duration.ofSeconds(2))
                .atMost(DEADLINE)
                .until(() -> rest.get(NETWORKS + "waits").status() == 404);

        // When
        services.doubt(null);

        // Then
        await().atMost(DEADLINE).until(() -> rest.get(NETWORKS + "waits").status() == 200);
        await().atMost(DEADLINE).until(() -> rest.get("/q/health/ready").status() == 200);
        assertThat(rest.put(NETWORKS + "doubted", BODY).status()).isEqualTo(202);
    }

    @Test
    void showsNoReadyWithoutFlowService() throws Exception {
        // Given
        long generation =
                rest.put(NETWORKS + "vouched", BODY).json().path("generation").asLong();
        decided("vouched", generation);
        ready("vouched", generation);
        await().atMost(DEADLINE).until(() -> phase("vouched").equals("Ready"));
        try (Listener events = new Listener()) {
            // When
            services.silence(FLOW);

            // Then
            events.await("/vouched\"", "\"phase\":\"Unknown\"", "flow-service is away");
            JsonNode shown = rest.get(NETWORKS + "vouched").json();
            assertThat(phase("vouched")).isEqualTo("Unknown");
            assertThat(condition(shown, "Ready").path("status").asText()).isEqualTo("Unknown");
            assertThat(message(shown, "Ready"))
                    .contains("statuses are delayed since 20", "flow-service is away", "As last known: It works.");
            assertThat(rest.get("/v1/namespaces/missing/networks?ready=true").text())
                    .doesNotContain("vouched");

            // And a new network names the right service
            long next =
                    rest.put(NETWORKS + "fresh", BODY).json().path("generation").asLong();
            decided("fresh", next);
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                            message(rest.get(NETWORKS + "fresh").json(), "Ready"))
                    .contains("is decided, but rules and statuses are delayed since 20", "flow-service is away")
                    .doesNotContain("path-service"));

            // And when it is back
            services.speak(FLOW);
            events.await("/vouched\"", "\"phase\":\"Ready\"");
            assertThat(phase("vouched")).isEqualTo("Ready");
        }
    }

    private String phase(String name) {
        return rest.get(NETWORKS + name).json().at("/status/phase").asText();
    }

    private void awaitState(String service, String state) {
        await().atMost(DEADLINE).until(() -> {
            for (JsonNode one : rest.get("/v1/services").json().path("items")) {
                if (one.path("name").asText().equals(service)) {
                    return one.path("state").asText().equals(state)
                            && one.path("instances").size() == 1;
                }
            }
            return false;
        });
    }

    private JsonNode listed(String name) {
        return rest.get("/v1/namespaces/missing/networks")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode condition(JsonNode network, String type) {
        for (JsonNode condition : network.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        throw new AssertionError(type + " is not in " + network);
    }

    private static String message(JsonNode network, String type) {
        return condition(network, type).path("message").asText();
    }

    private void decided(String name, long generation) {
        NetworkId id = new NetworkId("default", "missing", name);
        suite.publish(
                Topic.PATHS,
                "default",
                id.toString(),
                new PathDecision(
                        id,
                        new Revision(generation, 1, 0),
                        Outcome.ADMITTED,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        Instant.now()));
    }

    private void ready(String name, long generation) {
        NetworkId id = new NetworkId("default", "missing", name);
        suite.publish(
                Topic.STATUSES,
                "default",
                id.toString(),
                new NetworkStatus(
                        id,
                        new Revision(generation, 1, 2),
                        1,
                        Phase.READY,
                        List.of(new Condition(
                                Condition.Type.READY,
                                Condition.Truth.TRUE,
                                "Serving",
                                "It works.",
                                generation,
                                Instant.now())),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /** Follows the statuses of the namespace. */
    private final class Listener implements AutoCloseable {

        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final BufferedReader lines;
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Listener() throws IOException, InterruptedException {
            var response = client.send(
                    HttpRequest.newBuilder(base.resolve("/v1/events?kind=status&namespace=missing"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    heard.add(line);
                }
            } catch (IOException e) {
                heard.add("the end");
            }
        }

        /** Waits for an event with all these texts, after the events awaited before. */
        void await(String... words) {
            Awaitility.await(String.join(" ", words)).atMost(DEADLINE).until(() -> heard.stream()
                    .anyMatch(line -> List.of(words).stream().allMatch(line::contains)));
            heard.clear();
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
