package io.vlink.tests.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** A plain HTTP client of network-api. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NETWORKS = "/v1/namespaces/%s/networks";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    Api(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** An answer; the body is a missing node if there is none. */
    public record Response(int status, HttpHeaders headers, JsonNode body) {

        public String phase() {
            return body.path("status").path("phase").asText();
        }

        /** Returns the condition of the given type; a missing node if there is none. */
        public JsonNode condition(String type) {
            return StreamSupport.stream(body.path("status").path("conditions").spliterator(), false)
                    .filter(c -> c.path("type").asText().equals(type))
                    .findFirst()
                    .orElseGet(() -> JSON.missingNode());
        }
    }

    public Response get(String path) {
        return send(request(path).GET());
    }

    /** Reads a list with all of its pages. */
    public List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        for (String page = path; !page.isEmpty(); ) {
            JsonNode body = get(page).body();
            body.path("items").forEach(items::add);
            page = body.has("next") ? path + "?after=" + body.path("next").asText() : "";
        }
        return items;
    }

    /** Deletes a resource and waits until it is gone. */
    public Response delete(String path) {
        return delete(path, "wait=20");
    }

    /** Deletes a resource; {@code prefer} is the Prefer header, left out if empty. */
    public Response delete(String path, String prefer) {
        HttpRequest.Builder request = request(path).DELETE();
        return send(prefer.isEmpty() ? request : request.header("Prefer", prefer));
    }

    /** Writes JSON; returns once it is recorded. */
    public Response put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Response post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static String network(String namespace, String name) {
        return NETWORKS.formatted(namespace) + "/" + name;
    }

    /**
     * Declares a network over explicit forward and reverse links; {@code with} has extra members of both paths as JSON.
     */
    public Response declare(String name, String from, String to, List<String> links, List<String> back, String with) {
        return put(network("default", name), """
                {"type": "vlink",
                 "path": {"fromEndpoint": "%s", "toEndpoint": "%s", "links": %s%s},
                 "reversePath": {"fromEndpoint": "%s", "toEndpoint": "%s", "links": %s%s}}""".formatted(from, to, list(links), with, to, from, list(back), with));
    }

    public Response attach(String network, String workload, String node) {
        return put(
                network("default", network) + "/attachments/" + workload,
                "{\"node\": \"%s\", \"port\": \"%s\"}".formatted(node, workload));
    }

    private static String list(List<String> names) {
        return JSON.valueToTree(names).toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    private Response send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body = response.body().isBlank() ? JSON.missingNode() : JSON.readTree(response.body());
            return new Response(response.statusCode(), response.headers(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
