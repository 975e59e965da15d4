package io.vlink.networkapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A REST client. Single quotes in bodies stand for double quotes. */
public final class Rest {

    static {
        // Deadlines only end a test that fails. A busy machine needs more than Awaitility's 10 s.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    public Rest(URI base) {
        this.base = base;
    }

    /** The answer to a call. */
    public record Reply(HttpResponse<byte[]> response) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + text(), e);
            }
        }

        /** Returns each violation as {@code field reason}. */
        public List<String> violations() {
            return json().path("violations")
                    .valueStream()
                    .map(v -> v.path("field").asText() + " " + v.path("reason").asText())
                    .toList();
        }
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, new byte[0], headers);
    }

    public Reply put(String path, String json, String... headers) {
        return send("PUT", path, bytes(json), json(headers));
    }

    public Reply post(String path, String json, String... headers) {
        return send("POST", path, bytes(json), json(headers));
    }

    public Reply send(String method, String path, byte[] body, String... headers) {
        try {
            return new Reply(
                    client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("%s %s got no answer".formatted(method, path), e);
        }
    }

    public CompletableFuture<Reply> sendLater(String method, String path, String... headers) {
        return client.sendAsync(request(method, path, new byte[0], headers), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Reply::new);
    }

    public CompletableFuture<Reply> putLater(String path, String json, String... headers) {
        return client.sendAsync(
                        request("PUT", path, bytes(json), json(headers)), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Reply::new);
    }

    private HttpRequest request(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder.build();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String[] json(String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "Content-Type";
        headers[1] = "application/json";
        System.arraycopy(more, 0, headers, 2, more.length);
        return headers;
    }
}
