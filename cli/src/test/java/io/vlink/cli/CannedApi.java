package io.vlink.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command with an HTTP server that plays network-api: it has canned answers and remembers calls. */
final class CannedApi implements AutoCloseable {

    static final String PROBLEM = "application/problem+json";
    static final Canned NONE = new Canned(404, PROBLEM, "{\"title\":\"There is no such thing\",\"detail\":\"None.\"}");
    static final String NETWORKS = "/v1/overlays/default/namespaces/default/networks";

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Map<String, Canned> answers = new HashMap<>();
    /** Answers that are given once each, in this order, before that of {@link #answers}. */
    final Map<String, Deque<Canned>> inTurn = new HashMap<>();

    final List<String> calls = new ArrayList<>();
    int columns;
    Clock clock = Clock.systemUTC();
    final Map<String, String> environment = new HashMap<>();
    private final HttpServer server;

    record Canned(int status, String type, String body) {}

    CannedApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
                String prefer = exchange.getRequestHeaders().getFirst("Prefer");
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                calls.add(call + (prefer == null ? "" : " " + prefer) + (body.isEmpty() ? "" : " " + body));
                Deque<Canned> next = inTurn.getOrDefault(call, new ArrayDeque<>());
                Canned answer = next.isEmpty() ? answers.getOrDefault(call, NONE) : next.pop();
                byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", answer.type());
                exchange.getResponseHeaders().set("ETag", "\"7\"");
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        environment.put("VLINK_API", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static Canned json(String body) {
        return new Canned(200, "application/json", body);
    }

    int run(String... words) {
        return fed("", words);
    }

    int fed(String in, String... words) {
        out.getBuffer().setLength(0);
        return CommandLines.run(
                new Surroundings(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new Output(out),
                        new PrintWriter(err),
                        true,
                        columns,
                        Map.copyOf(environment),
                        "demo status",
                        clock),
                words);
    }

    int port() {
        return server.getAddress().getPort();
    }
}
