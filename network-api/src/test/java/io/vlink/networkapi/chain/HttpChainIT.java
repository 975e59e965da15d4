package io.vlink.networkapi.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls pass the declared steps in the declared order. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class HttpChainIT {

    private static final String NETWORK = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @Inject
    Router router;

    @Inject
    HttpChain chain;

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @Test
    void runsBeforeAnythingThatReadsABodyOrAnswers() {
        List<String> routes = router.getRoutes().stream().map(Route::getName).toList();

        assertThat(chain.names())
                .containsExactly(
                        "heads", "draining", "odd-calls", "identifying", "doubting", "bulk", "events", "bodies");
        assertThat(routes).startsWith(chain.names().toArray(new String[0]));
    }

    /** Each call has two errors; the answer names the one that is checked first. */
    @ParameterizedTest
    @CsvSource({
        "too long before odd,          GET,  /v1/switches;x=%s, '',                        414",
        "odd before unknown,           GET,  /v1/switches;x=y,  Authorization: nobody,     400",
        "unknown before bulk,          GET,  /v1/bulk,          Authorization: nobody,     401",
        "unknown before events,        POST, /v1/events,        Authorization: nobody,     401",
        "unknown before bodies,        PUT,  /v1/namespaces/x/networks/n, Authorization: nobody|Content-Length:"
                + " 2000000, 401",
        "unknown before short paths,   GET,  /v1/namespaces/x/nothing,    Authorization: nobody, 401",
        "unknown before parameters,    GET,  /v1/switches?x=y,  Authorization: nobody,     401",
        "bulk before bodies,           POST, /v1/bulk,          Content-Length: 2000000,   415",
        "bodies before parameters,     PUT,  /v1/namespaces/x/networks/n?x=y, Content-Length: 2000000, 413",
        "short paths before parameters, GET, /v1/namespaces/x/networks?x=y, '',            400",
    })
    void runsStepsInOrder(String order, String method, String path, String headers, int status) throws IOException {
        assertThat(head(method, path.formatted("y".repeat(9_000)), headers.split("\\|")))
                .as(order)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /v1/bulk",
        "GET,    /v1/bulk",
        "GET,    /v1/events?snapshot=true",
        "GET,    /v1/overlays/default/nodes",
        "HEAD,   /v1/overlays/default/nodes",
        "PUT,    /v1/overlays/default/nodes/refused",
        "DELETE, /v1/overlays/default/nodes/refused",
        "OPTIONS, /v1/overlays/default/nodes",
        "GET,    /v1/namespaces/default/networks",
        "PUT,    /v1/namespaces/default/networks/refused?dryRun=true",
        "GET,    /v1/switches",
        "GET,    //v1//overlays/default/nodes",
        "GET,    /v1/../v1/overlays/default/nodes",
        "GET,    /q/../v1/overlays/default/nodes",
        "GET,    /q/%2e%2e/v1/overlays/default/nodes",
        "GET,    /%76%31/overlays/default/nodes",
        "POST,   /v1/bulk/",
        "GET,    /v1/events/",
        "GET,    /",
        "GET,    /nothing",
        "GET,    /quite",
    })
    void refusesCallersThatAuthenticationRefuses(String method, String path) throws IOException {
        // When
        // No byte of the body is sent: a step that waited for it would never answer.
        String answer = head(method, path, "Authorization: nobody", "Content-Length: 100");

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("WWW-Authenticate: Name")
                .containsIgnoringCase("Content-Type: application/problem+json");
        assertThat(rest.get("/v1/overlays/default/nodes/refused").status()).isEqualTo(404);
    }

    @Test
    void answersRefusedCallersWithAProblem() {
        var reply = rest.put("/v1/namespaces/default/networks/refused", NETWORK, "Authorization", "nobody");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:vlink:problem:unauthenticated");
        assertThat(reply.json().path("detail").asText()).isEqualTo("Say your name.");
        assertThat(reply.json().path("instance").asText()).isEqualTo("/v1/namespaces/default/networks/refused");
    }

    /** Quarkus REST ignores path parameters after a semicolon, but code that reads the path as text does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1;x=y/overlays/default/nodes",
                "/v1;/bulk",
                "/v1/overlays;x/default/nodes",
                "/q;x/../v1/switches"
            })
    void refusesAPathWithParameters(String path) throws IOException {
        assertThat(head("GET", path)).startsWith("HTTP/1.1 400 ").contains("semicolon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi"})
    void asksNoAuthenticationForHealthMetricsAndTheDocument(String path) {
        assertThat(rest.get(path, "Authorization", "nobody").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name alice", "Later alice"})
    void passesKnownCallersWithTheirBody(String authorization) {
        // Given
        String name = authorization.startsWith("Name") ? "at-once" : "later";

        // When
        var declared = rest.put("/v1/namespaces/known/networks/" + name, NETWORK, "Authorization", authorization);
        var bulk = rest.send(
                "POST",
                "/v1/bulk",
                "{\"type\":\"WithdrawNetwork\",\"id\":\"default/known/%s\"}\n"
                        .formatted(name)
                        .getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-ndjson",
                "Authorization",
                authorization);

        // Then
        assertThat(declared.status()).as(declared.text()).isEqualTo(202);
        assertThat(bulk.json().path("status").asInt()).as(bulk.text()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fails", "Throws"})
    void refusesCallersWhileAuthenticationFails(String authorization) {
        var reply = rest.put("/v1/namespaces/known/networks/broken", NETWORK, "Authorization", authorization);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).doesNotContain("registry");
        assertThat(rest.get("/v1/namespaces/known/networks/broken").status()).isEqualTo(404);
    }

    /** Sends only the head of a call. Returns the head of the answer and anything that arrived with it. */
    private String head(String method, String path, String... headers) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            StringBuilder call = new StringBuilder("%s %s HTTP/1.1\r\nHost: x\r\n".formatted(method, path));
            for (String header : headers) {
                call.append(header.isEmpty() ? "" : header + "\r\n");
            }
            socket.getOutputStream().write(call.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            byte[] some = new byte[8192];
            while (answer.indexOf("\r\n\r\n") < 0
                    || (!method.equals("HEAD") && !answer.toString().endsWith("}"))) {
                int read = socket.getInputStream().read(some);
                if (read < 0) {
                    break;
                }
                answer.append(new String(some, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }
}
