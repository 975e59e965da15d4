package io.vlink.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Runs every command once against recorded answers of network-api. The build runs it with a JVM that writes the loaded
 * classes to a cache, which makes the command start fast (docs/decisions/0009).
 */
final class StartupTraining {

    /** The recorded answers by path. */
    private static final Map<String, String> ANSWERS = Map.of(
            "/v1/overlays/default/nodes", "nodes.json",
            "/v1/overlays/default/links", "links.json",
            "/v1/switches", "switches.json",
            "/v1/overlays/default/namespaces/default/networks", "networks.json",
            "/v1/overlays/default/namespaces/default/networks/vlink-sample", "network.json",
            "/v1/overlays/default/namespaces/default/networks/vlink-sample/path", "path.json",
            "/v1/overlays/default/namespaces/default/networks/vlink-sample/attachments", "attachments.json",
            "/v1/events", "decisions.txt");

    private static final String MANIFEST = """
            name: vlink-sample
            type: vlink
            path: {fromEndpoint: node-a, toEndpoint: node-e, capabilities: {bandwidthBits: 20M}}
            """;

    private static final List<String> SCENES = List.of(
            "get networks",
            "get networks -o wide --colour always",
            "get all",
            "get networks -o json",
            "get networks -o yaml",
            "get network vlink-sample -o name",
            "get attachments --network vlink-sample",
            "get nodes",
            "get links",
            "get switches",
            "get network nothing-of-that-name",
            "describe network vlink-sample",
            "path vlink-sample",
            "topology",
            "topology -o dot",
            "wait network vlink-sample",
            "apply -f - --wait",
            "delete network vlink-sample --wait",
            "get --help",
            "gett");

    private StartupTraining() {}

    public static void main(String[] words) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", StartupTraining::answer);
        server.start();
        try {
            for (String scene : SCENES) {
                play(scene, server.getAddress().getPort());
            }
        } finally {
            server.stop(0);
        }
    }

    private static void play(String scene, int port) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(MANIFEST.getBytes(StandardCharsets.UTF_8)),
                new Output(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                true,
                80,
                Map.of("VLINK_API_PORT", Integer.toString(port)),
                "",
                Clock.systemUTC());
        CommandLines.run(surroundings, scene.split(" ", -1));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String name = ANSWERS.get(exchange.getRequestURI().getPath());
            if (exchange.getRequestMethod().equals("DELETE")) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            byte[] body = recorded(name == null ? "problem.json" : name);
            exchange.getResponseHeaders()
                    .set("Content-Type", name == null ? "application/problem+json" : "application/json");
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(name == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream answer = StartupTraining.class.getResourceAsStream("training/" + name)) {
            if (answer == null) {
                throw new IOException("The recorded answer %s does not exist.".formatted(name));
            }
            return answer.readAllBytes();
        }
    }
}
