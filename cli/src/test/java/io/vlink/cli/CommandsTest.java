package io.vlink.cli;

import static io.vlink.cli.CannedApi.NETWORKS;
import static io.vlink.cli.CannedApi.PROBLEM;
import static io.vlink.cli.CannedApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.cli.CannedApi.Canned;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands: calls, texts and exit codes for given words. */
class CommandsTest {

    private final CannedApi api = new CannedApi();
    private final StringWriter out = api.out;
    private final StringWriter err = api.err;
    private final Map<String, Canned> answers = api.answers;
    private final List<String> calls = api.calls;

    CommandsTest() throws IOException {}

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void reportsWrongUsage() {
        assertThat(api.run("gett")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: vlink get");
        assertThat(api.run("get")).isEqualTo(2);
        assertThat(api.run("get", "things")).isEqualTo(2);
        assertThat(err.toString())
                .contains("The kind 'things' does not exist. Kinds: nodes (no), links (ln), networks (net)");
        assertThat(api.run("get", "attachment", "alice")).isEqualTo(2);
        assertThat(err.toString()).contains("The name of an attachment must be NETWORK/ID, not 'alice'.");
        assertThat(api.run("get", "nodes", "--network", "x")).isEqualTo(2);
        assertThat(api.run("describe", "network")).isEqualTo(2);
        assertThat(err.toString()).contains("The name of the network is missing.");
        assertThat(api.run("delete")).isEqualTo(2);
        assertThat(api.run("apply")).isEqualTo(2);
        assertThat(api.run("apply", "-f", "no-such-file")).isEqualTo(2);
        assertThat(api.run("delete", "-f", "")).isEqualTo(2);
        assertThat(err.toString()).contains("The file name of -f is empty.");
        assertThat(api.run("apply", "-f", "-", "--wait=0")).isEqualTo(2);
        assertThat(api.run("apply", "-f", "-", "--wait=5", "--dry-run")).isEqualTo(2);
        assertThat(api.run("path", "a/b")).isEqualTo(2);
        assertThat(api.run("get", "networks", "-o", "dot")).isEqualTo(2);
        assertThat(err.toString()).contains("expected table, wide, json, yaml or name, not 'dot'");
        assertThat(api.run("watch", "-o", "yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("expected table or json, not 'yaml'");
        assertThat(api.run("path", "wire", "-o", "wide")).isEqualTo(2);
        assertThat(api.run("topology", "-o", "name")).isEqualTo(2);
        assertThat(api.run("get", "networks", "--overlay", "")).isEqualTo(2);
        assertThat(err.toString()).contains("--overlay needs a name.");
        assertThat(api.run("get", "networks", "-n", " ")).isEqualTo(2);
        assertThat(api.run("get", "networks", "--api", "localhost")).isEqualTo(2);
        assertThat(err.toString()).contains("The address of the API (localhost) must be http://HOST[:PORT]");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void reportsThatNothingAnswers() {
        int port = api.port();
        api.close();

        assertThat(api.run("get", "networks")).isEqualTo(3);
        assertThat(err.toString()).contains("Cannot reach http://127.0.0.1:%d: nothing accepts".formatted(port));
        assertThat(api.run("get", "nodes", "--api", "http://no-such-host.invalid"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("the host name is unknown");
    }

    @Test
    void reportsThatTheOtherSideDoesNotUseTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread other = Thread.ofVirtual().start(() -> answerPlainly(plain));

            assertThat(api.run("get", "nodes", "--api", "https://127.0.0.1:" + plain.getLocalPort()))
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
        // Given
        answers.put("GET /v1/overlays/default/nodes", new Canned(502, "text/html", "<html>Bad gateway</html>"));
        answers.put("GET /v1/overlays/default/links", new Canned(500, PROBLEM, """
                {"title": "The service failed", "detail": "The service failed; its log says why."}"""));

        // Then
        assertThat(api.run("get", "nodes")).isEqualTo(1);
        assertThat(api.run("get", "links")).isEqualTo(1);
        assertThat(err.toString())
                .contains("HTTP 502: a proxy on the way got no valid answer")
                .contains("The service failed: The service failed; its log says why.")
                .doesNotContain("<html>");
    }

    @Test
    void showsExistingResourcesAndReportsMissingOnes() {
        answers.put("GET " + NETWORKS + "/wire", json("{\"name\":\"wire\",\"spec\":{}}"));

        assertThat(api.run("get", "network", "wire", "other", "-o", "name")).isEqualTo(4);
        assertThat(out.toString()).isEqualTo("network/wire\n");
        assertThat(err.toString()).contains("network/other does not exist.");
        assertThat(api.run("get", "vlink/wire", "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"name\" : \"wire\"");
        assertThat(api.run("describe", "net/none")).isEqualTo(4);
        assertThat(api.run("path", "none")).isEqualTo(4);
    }

    @Test
    void addressesNamespacesAndOverlays() {
        // When
        api.run("get", "networks", "-n", "team", "--overlay", "lab");
        api.run("-n", "team", "get", "attachments");
        api.run("get", "attachments", "-A");
        api.run("get", "att", "--network", "wire");
        api.run("get", "nets", "-A");

        // Then
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

        assertThat(api.run("get", "switches", "-o", "name")).isZero();
        assertThat(out.toString()).isEqualTo("switch/a\nswitch/b\n");
    }

    @Test
    void usesColoursOnlyWhereWanted() {
        answers.put("GET /v1/switches", json("{\"items\":[{\"datapathId\":\"a\",\"state\":\"connected\"}]}"));

        api.run("get", "switches", "--colour", "always");
        assertThat(out.toString()).contains("\u001b[32mconnected");
        api.environment.put("NO_COLOR", "1");
        api.run("get", "switches");
        assertThat(out.toString()).doesNotContain("\u001b[");
    }

    @Test
    void listsTheWordsOfAnOptionWhereAnotherIsGiven() {
        assertThat(api.run("get", "switches", "--colour", "loud")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'--colour': expected one of [auto, always, never] (case-insensitive) but was 'loud'");
        assertThat(api.run("completion", "tcsh")).isEqualTo(2);
        assertThat(err.toString()).contains("expected one of [bash, zsh, fish] (case-insensitive) but was 'tcsh'");
    }

    @Test
    void completesItsOwnAndOtherCommands() {
        assertThat(api.run("completion", "bash")).isZero();
        assertThat(out.toString())
                .contains("complete -F _complete_vlink")
                .contains("topology")
                .contains("status")
                .contains("\"networks\" \"network\"")
                .containsPattern("'-f'\\|'--file'\\)\\s+local IFS"); // the start of the completion of files
    }
}
