package io.vlink.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.audit.tables.EntryReader;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.events.DatapathId;
import io.vlink.log.EventJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The tables of all switches that are connected to some gateways, read over HTTP. */
final class GatewayTables {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BUSY_PATIENCE = Duration.ofSeconds(10);
    private static final int BUSY = 503;
    private static final long BUSY_PAUSE_MS = 100;

    private final List<URI> gateways;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    GatewayTables(List<URI> gateways) {
        this.gateways = List.copyOf(gateways);
    }

    /**
     * The result of one reading.
     *
     * @param unread reason why the tables of a switch could not be read, by switch
     */
    record Reading(Map<DatapathId, SwitchTables> tables, Map<DatapathId, String> unread) {}

    /**
     * Reads each switch from scratch, and only once if several gateways are connected to it.
     *
     * @throws IOException if a gateway does not answer
     */
    Reading read() throws IOException {
        Map<DatapathId, URI> connected = new TreeMap<>();
        for (URI gateway : gateways) {
            JsonNode list = get(gateway, "/v1/tables");
            list.path("switches").forEach(id -> connected.putIfAbsent(DatapathId.of(id.asText()), gateway));
        }
        Map<DatapathId, SwitchTables> tables = new TreeMap<>();
        Map<DatapathId, String> unread = new TreeMap<>();
        for (Map.Entry<DatapathId, URI> each : connected.entrySet()) {
            DatapathId id = each.getKey();
            try {
                tables.put(id, tables(id, get(each.getValue(), "/v1/tables/" + id)));
            } catch (RefusedException e) {
                unread.put(id, String.valueOf(e.getMessage()));
            }
        }
        return new Reading(tables, unread);
    }

    private JsonNode get(URI gateway, String path) throws IOException {
        URI uri = gateway.resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        Instant deadline = Instant.now().plus(BUSY_PATIENCE);
        try {
            while (true) {
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() == 200) {
                    return EventJson.mapper().readTree(response.body());
                } else if (response.statusCode() != BUSY || Instant.now().isAfter(deadline)) {
                    throw new RefusedException(words(uri, response));
                }
                TimeUnit.MILLISECONDS.sleep(BUSY_PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for an answer from %s.".formatted(uri));
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("The gateway at %s does not answer: %s".formatted(gateway, e), e);
        }
    }

    private static String words(URI uri, HttpResponse<byte[]> response) {
        try {
            String error =
                    EventJson.mapper().readTree(response.body()).path("error").asText();
            if (!error.isEmpty()) {
                return error;
            }
        } catch (IOException e) {
            // Not JSON: the server is not a gateway, or is an older one.
        }
        return "%s answered with status %d. Is a gateway of this version running there?"
                .formatted(uri, response.statusCode());
    }

    /** The gateway answered with an error. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    static SwitchTables tables(DatapathId id, JsonNode json) {
        List<String> untold = new ArrayList<>();
        Iterator<Map.Entry<String, JsonNode>> errors =
                json.path("errors").properties().iterator();
        while (errors.hasNext()) {
            Map.Entry<String, JsonNode> error = errors.next();
            untold.add("its %s: %s".formatted(error.getKey(), error.getValue().asText()));
        }
        boolean version13 = json.path("openflow").asText().equals("1.3");
        return new SwitchTables(
                id,
                entries(json, "ports", bytes -> EntryReader.ports(bytes, version13), Map.of(), untold),
                entries(json, "rules", EntryReader::rules, List.of(), untold),
                entries(json, "meters", EntryReader::meters, List.of(), untold),
                entries(json, "groups", EntryReader::groups, Map.of(), untold),
                untold);
    }

    private static <T> T entries(JsonNode json, String kind, Function<byte[], T> reader, T none, List<String> untold) {
        if (!json.has(kind)) {
            return none;
        }
        try {
            return reader.apply(json.path(kind).binaryValue());
        } catch (IOException | RuntimeException e) {
            untold.add("its %s in a readable form: %s".formatted(kind, e.getMessage()));
            return none;
        }
    }
}
