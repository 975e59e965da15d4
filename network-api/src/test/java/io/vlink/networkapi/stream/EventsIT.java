package io.vlink.networkapi.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of changes. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@Timeout(60)
final class EventsIT {

    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @Test
    void sendsChangesAndContinuesFromAPosition() throws Exception {
        // Given
        String id;
        try (Stream stream = new Stream("?kind=network&namespace=live", null)) {
            // When
            rest.put("/v1/namespaces/elsewhere/networks/x", BODY);
            rest.put("/v1/namespaces/live/networks/one", BODY);
            rest.put("/v1/namespaces/live/networks/two", BODY);

            // Then
            Event first = stream.next();
            assertThat(first.type()).isEqualTo("network");
            assertThat(first.data())
                    .startsWith("{\"kind\":\"network\",\"key\":\"default/live/one\",\"deleted\":false,\"record\":{")
                    .contains("\"fromEndpoint\":\"a\"");
            id = first.id();
            assertThat(stream.next().data()).contains("default/live/two");
        }

        // When
        rest.put("/v1/namespaces/live/networks/three", BODY);

        try (Stream stream = new Stream("?kind=network&namespace=live", id)) {
            // Then
            assertThat(stream.next().data()).contains("default/live/two");
            assertThat(stream.next().data()).contains("default/live/three");
        }
    }

    @Test
    void sendsDeletions() throws Exception {
        rest.put("/v1/overlays/gone/links/l", """
            {'from':{'node':'a','port':'p'},'to':{'node':'b','port':'p'},'capacityBits':'1G','latencyNanos':0}\
            """);
        try (Stream stream = new Stream("?kind=link&overlay=gone", null)) {
            rest.delete("/v1/overlays/gone/links/l");

            assertThat(stream.next().data()).contains("\"withdrawn\":true");
            assertThat(stream.next().data()).isEqualTo("{\"kind\":\"link\",\"key\":\"gone/l\",\"deleted\":true}");
        }
    }

    @Test
    void beginsWithASnapshotOnRequest() throws Exception {
        // Given
        rest.put("/v1/namespaces/shown/networks/one", BODY);

        // When
        try (Stream stream = new Stream("?kind=network&namespace=shown&snapshot=true", null)) {
            // Then
            assertThat(stream.next().type()).isEqualTo("snapshot");
            assertThat(stream.next().data()).contains("default/shown/one");
            Event end = stream.next();
            assertThat(end.type()).isEqualTo("snapshot-end");

            // When
            rest.put("/v1/namespaces/shown/networks/two", BODY);

            // Then
            assertThat(stream.next().data()).contains("default/shown/two");
            assertThat(end.id()).isNotEmpty();
        }
    }

    @Test
    void refusesAnInvalidCall() {
        for (String query : new String[] {
            "?kind=nothing", "?kid=network", "?namespace=Upper", "?snapshot=perhaps", "?after=nonsense"
        }) {
            // When
            var reply = rest.get("/v1/events" + query);

            // Then
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(rest.get("/v1/events", "Last-Event-ID", "nonsense").status()).isEqualTo(400);
        assertThat(rest.post("/v1/events", "{}").status()).isEqualTo(405);
    }

    private record Event(String type, String id, String data) {}

    /** A client of the stream. */
    private final class Stream implements AutoCloseable {

        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final BufferedReader lines;

        Stream(String query, @Nullable String lastEventId) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(base.resolve("/v1/events" + query)).timeout(Duration.ofSeconds(10));
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        Event next() throws IOException {
            String type = "";
            String id = "";
            StringBuilder data = new StringBuilder();
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    throw new AssertionError("The stream ended unexpectedly.");
                }
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        return new Event(type, id, data.toString());
                    }
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                }
            }
        }

        @Override
        public void close() throws IOException {
            client.shutdownNow();
            lines.close();
        }
    }
}
