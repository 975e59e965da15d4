package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of network-api at one address. */
public final class Api {

    /** Maximum time that network-api holds one call with {@code Prefer: wait}. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Read timeout of the stream: network-api sends heartbeats more often. */
    public static final Duration SILENCE = Duration.ofSeconds(60);

    private final Connections connections;

    private Api(Connections connections) {
        this.connections = connections;
    }

    /**
     * Creates a client.
     *
     * @param url the address, such as {@code http://localhost:8080}
     * @param authorities PEM file with the certificates to trust instead of the platform's
     */
    public static Api at(String url, @Nullable Path authorities) {
        return new Api(new Connections(base(url), authorities));
    }

    private static URI base(String url) {
        try {
            URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw new IllegalArgumentException(
                "The address of the API (%s) must be http://HOST[:PORT] or https://HOST[:PORT].".formatted(url));
    }

    /** Reads a resource. */
    public JsonNode get(String path) {
        return granted(call("GET", path, null, Map.of())).tree();
    }

    /** Reads a list with all of its pages. */
    public List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        String more = "";
        do {
            JsonNode page = get(path + more);
            page.path("items").forEach(items::add);
            more = page.has("next")
                    ? (path.contains("?") ? "&" : "?") + "after="
                            + page.path("next").asText()
                    : "";
        } while (!more.isEmpty());
        return items;
    }

    /** Reads a resource that may not exist: returns an answer 404 too. */
    public Answer look(String path) {
        Answer answer = call("GET", path, null, Map.of());
        return answer.isNotFound() && answer.isProblem() ? answer : granted(answer);
    }

    /**
     * Declares a resource.
     *
     * @param ifGeneration the required entity tag; null: any
     * @param wait how long network-api may hold the answer until the resource is ready; zero: not at all
     */
    public Answer put(String path, JsonNode document, @Nullable String ifGeneration, Duration wait) {
        Map<String, String> headers = new LinkedHashMap<>(preferring(wait));
        headers.put("Content-Type", "application/json");
        if (ifGeneration != null) {
            headers.put("If-Match", ifGeneration);
        }
        return granted(call("PUT", path, Json.write(document), headers));
    }

    /** Withdraws a resource. */
    public Answer delete(String path, Duration wait) {
        return granted(call("DELETE", path, null, preferring(wait)));
    }

    /**
     * Follows changes.
     *
     * @param after the position of an earlier stream; null: from now on
     * @param snapshot whether to start with all existing records
     */
    public EventStream follow(Changes changes, @Nullable String after, boolean snapshot) {
        return follow(changes, after, snapshot, SILENCE);
    }

    /**
     * Follows changes.
     *
     * @param patience how long a read may take
     */
    public EventStream follow(Changes changes, @Nullable String after, boolean snapshot, Duration patience) {
        try {
            HttpURLConnection connection = connections.open("GET", changes.path(snapshot), patience);
            connection.setRequestProperty("Accept", "text/event-stream");
            if (after != null) {
                connection.setRequestProperty("Last-Event-ID", after);
            }
            int status = connection.getResponseCode();
            if (status != 200) {
                throw new ProblemException(Problem.of(answer(connection, status)));
            }
            return new EventStream(connections, connection.getInputStream(), after);
        } catch (IOException e) {
            throw connections.unreachable(e);
        }
    }

    private static Map<String, String> preferring(Duration wait) {
        return wait.isZero() ? Map.of() : Map.of("Prefer", "wait=" + wait.toSeconds());
    }

    private static Answer granted(Answer answer) {
        if (answer.isSuccess()) {
            return answer;
        }
        throw new ProblemException(Problem.of(answer));
    }

    private Answer call(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        try {
            HttpURLConnection connection = connections.open(
                    method, path, headers.containsKey("Prefer") ? PATIENCE.plus(LONGEST_WAIT) : PATIENCE);
            connection.setRequestProperty("Accept", "application/json");
            headers.forEach(connection::setRequestProperty);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            return answer(connection, connection.getResponseCode());
        } catch (IOException e) {
            throw connections.unreachable(e);
        }
    }

    private static Answer answer(HttpURLConnection connection, int status) throws IOException {
        return new Answer(
                status,
                connection.getHeaderField("ETag"),
                connection.getContentType(),
                all(status < 400 ? connection.getInputStream() : connection.getErrorStream()));
    }

    private static byte[] all(@Nullable InputStream body) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        try (body) {
            return body.readAllBytes();
        }
    }
}
