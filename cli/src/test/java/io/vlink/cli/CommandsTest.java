package io.vlink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands: calls, texts and exit codes for given words. An HTTP server with canned answers plays network-api. */
class CommandsTest {

    private static final String PROBLEM = "application/problem+json";
    private static final String NETWORKS = "/v1/overlays/default/namespaces/default/networks";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, Canned> answers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private final Map<String, String> environment = new HashMap<>();
    private final HttpServer server;

    private record Canned(int status, String type, String body) {}

    CommandsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
                String prefer = exchange.getRequestHeaders().getFirst("Prefer");
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                calls.add(call + (prefer == null ? "" : " " + prefer) + (body.isEmpty() ? "" : " " + body));
                Canned answer = answers.getOrDefault(
                        call, new Canned(404, PROBLEM, "{\"title\":\"There is no such thing\",\"detail\":\"None.\"}"));
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

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void reportsWrongUsage() {
        assertThat(run("gett")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: vlink get");
        assertThat(run("get")).isEqualTo(2);
        assertThat(run("get", "things")).isEqualTo(2);
        assertThat(err.toString())
                .contains("The kind 'things' does not exist. Kinds: nodes (no), links (ln), networks (net)");
        assertThat(run("get", "attachment", "alice")).isEqualTo(2);
        assertThat(err.toString()).contains("The name of an attachment must be NETWORK/ID, not 'alice'.");
        assertThat(run("get", "nodes", "--network", "x")).isEqualTo(2);
        assertThat(run("describe", "network")).isEqualTo(2);
        assertThat(err.toString()).contains("The name of the network is missing.");
        assertThat(run("delete")).isEqualTo(2);
        assertThat(run("apply")).isEqualTo(2);
        assertThat(run("apply", "-f", "no-such-file")).isEqualTo(2);
        assertThat(run("delete", "-f", "")).isEqualTo(2);
        assertThat(err.toString()).contains("The file name of -f is empty.");
        assertThat(run("apply", "-f", "-", "--wait=0")).isEqualTo(2);
        assertThat(run("apply", "-f", "-", "--wait=5", "--dry-run")).isEqualTo(2);
        assertThat(run("path", "a/b")).isEqualTo(2);
        assertThat(run("get", "networks", "-o", "dot")).isEqualTo(2);
        assertThat(err.toString()).contains("expected table, wide, json, yaml or name, not 'dot'");
        assertThat(run("watch", "-o", "yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("expected table or json, not 'yaml'");
        assertThat(run("path", "wire", "-o", "wide")).isEqualTo(2);
        assertThat(run("topology", "-o", "name")).isEqualTo(2);
        assertThat(run("get", "networks", "--overlay", "")).isEqualTo(2);
        assertThat(err.toString()).contains("--overlay needs a name.");
        assertThat(run("get", "networks", "-n", " ")).isEqualTo(2);
        assertThat(run("get", "networks", "--api", "localhost")).isEqualTo(2);
        assertThat(err.toString()).contains("The address of the API (localhost) must be http://HOST[:PORT]");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void reportsThatNothingAnswers() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(run("get", "networks")).isEqualTo(3);
        assertThat(err.toString()).contains("Cannot reach http://127.0.0.1:%d: nothing accepts".formatted(port));
        assertThat(run("get", "nodes", "--api", "http://no-such-host.invalid")).isEqualTo(3);
        assertThat(err.toString()).contains("the host name is unknown");
    }

    @Test
    void reportsThatTheOtherSideDoesNotUseTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread other = Thread.ofVirtual().start(() -> answerPlainly(plain));

            assertThat(run("get", "nodes", "--api", "https://127.0.0.1:" + plain.getLocalPort()))
                    .isEqualTo(3);
            assertThat(err.toString()).contains("it does not use TLS");
            other.join();
        }
    }

    private static void answerPlainly(ServerSocket plain) {
        try (Socket socket = plain.accept()) {
            assertThat(socket.getInputStream().read()).isEqualTo(22); // a handshake
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void explainsAnswersOfProxiesAndServerErrors() {
        answers.put("GET /v1/overlays/default/nodes", new Canned(502, "text/html", "<html>Bad gateway</html>"));
        answers.put("GET /v1/overlays/default/links", new Canned(500, PROBLEM, """
                {"title": "The service failed", "detail": "The service failed; its log says why."}"""));

        assertThat(run("get", "nodes")).isEqualTo(1);
        assertThat(run("get", "links")).isEqualTo(1);
        assertThat(err.toString())
                .contains("HTTP 502: a proxy on the way got no valid answer")
                .contains("The service failed: The service failed; its log says why.")
                .doesNotContain("<html>");
    }

    @Test
    void showsExistingResourcesAndReportsMissingOnes() {
        answers.put("GET " + NETWORKS + "/wire", json("{\"name\":\"wire\",\"spec\":{}}"));

        assertThat(run("get", "network", "wire", "other", "-o", "name")).isEqualTo(4);
        assertThat(out.toString()).isEqualTo("network/wire\n");
        assertThat(err.toString()).contains("network/other does not exist.");
        assertThat(run("get", "vlink/wire", "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"name\" : \"wire\"");
        assertThat(run("describe", "net/none")).isEqualTo(4);
        assertThat(run("path", "none")).isEqualTo(4);
    }

    @Test
    void addressesNamespacesAndOverlays() {
        run("get", "networks", "-n", "team", "--overlay", "lab");
        run("-n", "team", "get", "attachments");
        run("get", "attachments", "-A");
        run("get", "att", "--network", "wire");
        run("get", "nets", "-A");

        assertThat(calls)
                .containsExactly(
                        "GET /v1/overlays/lab/namespaces/team/networks",
                        "GET /v1/overlays/default/attachments?namespace=team",
                        "GET /v1/overlays/default/attachments",
                        "GET " + NETWORKS + "/wire/attachments",
                        "GET /v1/overlays/default/networks");
    }

    @Test
    void readsEveryPageOfAList() {
        answers.put("GET /v1/switches", json("{\"items\":[{\"datapathId\":\"a\"}],\"next\":\"X\"}"));
        answers.put("GET /v1/switches?after=X", json("{\"items\":[{\"datapathId\":\"b\"}]}"));

        assertThat(run("get", "switches", "-o", "name")).isZero();
        assertThat(out.toString()).isEqualTo("switch/a\nswitch/b\n");
    }

    @Test
    void appliesInTheOrderOfDependenciesAndPrintsWhatChanged() {
        String node = "/v1/overlays/default/nodes/a";
        answers.put("PUT " + node, new Canned(201, "application/json", "{}"));
        answers.put("GET " + NETWORKS + "/wire", json("{}"));
        answers.put("PUT " + NETWORKS + "/wire", json("{}"));

        int code = fed("""
                {name: wire, path: {fromEndpoint: a, toEndpoint: b, capabilities: {bandwidthBits: 20M}}}
                ---
                {kind: Node, name: a, datapathId: 0000000000000010, maintenance: true}
                """, "apply", "-f", "-");

        assertThat(code).isZero();
        assertThat(out.toString()).isEqualTo("node/a created\nnetwork/wire unchanged\n");
        assertThat(calls)
                .contains("PUT %s {\"name\":\"a\",\"datapathId\":\"0000000000000010\",\"maintenance\":true}"
                        .formatted(node));
    }

    @Test
    void listsEveryViolationAndContinuesWithTheRest() {
        answers.put("PUT " + NETWORKS + "/bad", new Canned(422, PROBLEM, """
                {"title": "What is asked for cannot be granted", "detail": "2 violations", "violations": [
                  {"field": "$.hops", "reason": "UnknownField", "message": "The field (hops) is not known here."},
                  {"field": "$.path", "reason": "Missing", "message": "The field (path) is required."}]}"""));
        answers.put("PUT " + NETWORKS + "/good", json("{}"));

        assertThat(fed("{name: bad, path: {}}\n---\n{name: good, path: {}}", "apply", "-f", "-"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("network/bad is refused.")
                .contains("$.hops  UnknownField: The field (hops) is not known here.")
                .contains("$.path  Missing: The field (path) is required.");
        assertThat(out.toString()).isEqualTo("network/good created\n");
    }

    @Test
    void waitsUntilItIsReadyRefusedOrLate() {
        answers.put("PUT " + NETWORKS + "/wire", json("{\"status\":{\"forward\":[\"a\",\"b\"]}}"));
        clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        assertThat(fed("{name: wire, path: {}}", "apply", "-f", "-", "--wait")).isZero();
        assertThat(out.toString()).isEqualTo("network/wire created\nnetwork/wire is Ready: a → b\n");
        assertThat(calls.getLast()).contains("wait=30");
        clock = Clock.systemUTC();

        answers.put("PUT " + NETWORKS + "/wire", new Canned(202, "application/json", """
                {"status": {"phase": "Refused", "conditions": [
                   {"type": "Accepted", "status": "False", "reason": "BandwidthExceeded"}],
                  "violations": [{"field": "$.path.links[0]", "reason": "BandwidthExceeded", "message": "2 G are asked."}]}}"""));
        assertThat(fed("{name: wire, path: {}}", "apply", "-f", "-", "--wait")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "network/wire is refused: BandwidthExceeded\n  $.path.links[0]  BandwidthExceeded: 2 G are asked.");

        answers.put("PUT " + NETWORKS + "/wire", new Canned(202, "application/json", """
                {"status": {"phase": "Waiting", "conditions": [
                   {"type": "Ready", "status": "False", "reason": "WaitingForAttachment", "message": "node-e waits."}]}}"""));
        assertThat(fed("{name: wire, path: {}}", "apply", "-f", "-", "--wait=1"))
                .isEqualTo(5);
        assertThat(err.toString()).contains("network/wire is Waiting: WaitingForAttachment: node-e waits. (after 1 s)");
    }

    @Test
    void deletesInTheReverseOrder() {
        for (String path :
                List.of(NETWORKS + "/wire", NETWORKS + "/wire/attachments/x", "/v1/overlays/default/nodes/a")) {
            answers.put("GET " + path, json("{}"));
            answers.put("DELETE " + path, new Canned(204, "application/json", ""));
        }

        assertThat(fed("""
                {name: a, datapathId: a}
                ---
                {name: wire, path: {}}
                ---
                {network: wire, id: x, node: a, port: x}
                """, "delete", "-f", "-", "--wait=5")).isZero();
        assertThat(out.toString()).isEqualTo("attachment/wire/x deleted\nnetwork/wire deleted\nnode/a deleted\n");
        assertThat(run("delete", "network", "none")).isEqualTo(4);
        assertThat(run("delete", "network", "none", "--ignore-not-found")).isZero();
    }

    @Test
    void forgetsASwitchThatIsGone() {
        String path = "/v1/switches/000000000000000a";
        answers.put("GET " + path, json("{\"datapathId\":\"000000000000000a\"}"));
        answers.put("DELETE " + path, new Canned(204, "application/json", ""));
        answers.put("GET /v1/overlays/default/nodes/a", json("{}"));
        answers.put("DELETE /v1/overlays/default/nodes/a", new Canned(204, "application/json", ""));

        assertThat(run("delete", "switch/000000000000000a", "node/a")).isZero();
        assertThat(out.toString()).isEqualTo("node/a deleted\nswitch/000000000000000a forgotten\n");

        answers.put("DELETE " + path, new Canned(409, PROBLEM, """
                {"title": "It contradicts what is recorded", "detail": "The switch is connected."}"""));
        assertThat(run("delete", "switch", "000000000000000a")).isEqualTo(1);
        assertThat(err.toString())
                .contains("switch/000000000000000a is not deleted.")
                .contains("The switch is connected.");
    }

    @Test
    void warnsAboutLinksInUse() {
        environment.put("NO_COLOR", "1");
        String link = "/v1/overlays/default/links/ab";
        String warned = """
                {"name": "ab", "withdrawn": true, "warnings": [
                  {"reason": "InUse", "message": "The link default/ab is in use: 3 networks cross it.", "current": 3, "leaving": 0}]}""";
        answers.put("GET " + link, json("{}"));
        answers.put("PUT " + link, json(warned));
        answers.put("DELETE " + link, new Canned(202, "application/json", warned));

        assertThat(fed("{kind: Link, name: ab, from: {node: a, port: p}, to: {node: b, port: q}}", "apply", "-f", "-"))
                .isZero();
        assertThat(err.toString()).isEqualTo("warning: The link default/ab is in use: 3 networks cross it.\n");
        err.getBuffer().setLength(0);
        answers.put(
                "PUT " + link + "?dryRun=true",
                json(warned.replace("\"withdrawn\": true", "\"outcome\": \"changed\"")));
        assertThat(fed(
                        "{kind: Link, name: ab, from: {node: a, port: p}, to: {node: b, port: q}}",
                        "apply",
                        "--dry-run",
                        "-f",
                        "-"))
                .isZero();
        assertThat(out.toString()).isEqualTo("link/ab would be configured\n");
        assertThat(err.toString()).startsWith("warning: The link default/ab is in use");
        err.getBuffer().setLength(0);
        assertThat(run("delete", "link", "ab")).isZero();
        assertThat(out.toString()).isEqualTo("link/ab is being removed\n");
        assertThat(err.toString()).isEqualTo("warning: The link default/ab is in use: 3 networks cross it.\n");
        err.getBuffer().setLength(0);
        assertThat(run("delete", "link", "ab", "--wait=1")).isEqualTo(5);
        assertThat(err.toString())
                .startsWith("warning: The link default/ab is in use")
                .contains("still being removed");
    }

    @Test
    void showsTheResultOfADryRun() {
        String asked = "PUT " + NETWORKS + "/wire?dryRun=true";
        answers.put(asked, json("""
                {"network": "wire", "outcome": "admitted", "violations": [], "attachments": [],
                 "forward": {"nodes": ["a", "b"], "links": [], "latencyNanos": 200000}}"""));

        assertThat(fed("{name: wire, path: {}}", "apply", "-f", "-", "--dry-run"))
                .isZero();
        assertThat(out.toString()).isEqualTo("network/wire would be admitted\n  forward  a → b  best effort  0.2 ms\n");

        answers.put(asked, json("""
                {"network": "wire", "outcome": "refused", "attachments": [],
                 "violations": [{"field": "$.path", "reason": "NoPath", "message": "No way leads there."}]}"""));
        assertThat(fed("{name: wire, path: {}}", "apply", "-f", "-", "--dry-run"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("network/wire would be refused.\n  $.path  NoPath: No way leads there.");
    }

    @Test
    void usesColoursOnlyWhereWanted() {
        answers.put("GET /v1/switches", json("{\"items\":[{\"datapathId\":\"a\",\"state\":\"connected\"}]}"));

        run("get", "switches", "--colour", "always");
        assertThat(out.toString()).contains("\u001b[32mconnected");
        environment.put("NO_COLOR", "1");
        run("get", "switches");
        assertThat(out.toString()).doesNotContain("\u001b[");
    }

    @Test
    void listsTheWordsOfAnOptionWhereAnotherIsGiven() {
        assertThat(run("get", "switches", "--colour", "loud")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'--colour': expected one of [auto, always, never] (case-insensitive) but was 'loud'");
        assertThat(run("completion", "fish")).isEqualTo(2);
        assertThat(err.toString()).contains("expected one of [bash, zsh] (case-insensitive) but was 'fish'");
    }

    @Test
    void completesItsOwnAndOtherCommands() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(out.toString())
                .contains("complete -F _complete_vlink")
                .contains("topology")
                .contains("status")
                .contains("\"networks\" \"network\"")
                .containsPattern("'-f'\\|'--file'\\)\\s+local IFS"); // the start of the completion of files
    }

    private static Canned json(String body) {
        return new Canned(200, "application/json", body);
    }

    private int run(String... words) {
        return fed("", words);
    }

    private int fed(String in, String... words) {
        out.getBuffer().setLength(0);
        return CommandLines.run(
                new Surroundings(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        true,
                        Map.copyOf(environment),
                        "demo status",
                        clock),
                words);
    }
}
