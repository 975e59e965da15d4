package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every invalid call is answered with a problem document that explains the error. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class ProblemsIT {

    private static final String N = "/v1/namespaces/problems/networks/n";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void answersWithAProblem(
            String method, String path, String body, String contentType, String accept, int status, String kind) {
        // When
        var reply = rest.send(
                method,
                path,
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                contentType,
                "Accept",
                accept);

        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = reply.json();
        assertThat(problem.path("type").asText()).isEqualTo("urn:vlink:problem:" + kind);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("instance").asText()).isEqualTo(path.split("\\?", 2)[0]);
        assertThat(reply.text()).doesNotContainIgnoringCase("\\ud8");
    }

    static Stream<Arguments> calls() {
        String json = "application/json";
        String body = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";
        String deep = "{'a':".repeat(2_000) + "1" + "}".repeat(2_000);
        return Stream.of(
                arguments("GET", "/v1/nothing", "", json, json, 404, "not-found"),
                arguments("POST", "/onos/vnets/api", "{'networkId':'n'}", json, json, 404, "not-found"),
                arguments("GET", N, "", json, json, 404, "not-found"),
                arguments("GET", N + "/path", "", json, json, 404, "not-found"),
                arguments("GET", N + "/attachments/x", "", json, json, 404, "not-found"),
                arguments("GET", N + "/nothing", "", json, json, 404, "not-found"),
                arguments("GET", "/v1/switches/00000000000000ff", "", json, json, 404, "not-found"),
                arguments("GET", "/v1/switches/xyz", "", json, json, 400, "bad-request"),
                arguments("GET", "/v1/namespaces/Upper/networks", "", json, json, 400, "bad-request"),
                arguments("PUT", "/v1/namespaces/problems/networks/Upper", body, json, json, 400, "bad-request"),
                arguments("GET", "/v1/namespaces/%ED%A0%80/networks", "", json, json, 400, "bad-request"),
                arguments(
                        "GET", "/v1/namespaces/problems/networks?phase=%ED%A0%80", "", json, json, 400, "bad-request"),
                arguments(
                        "PUT",
                        N,
                        "{'path':{'name':'\\ud800','fromEndpoint':'a','toEndpoint':'b'}}",
                        json,
                        json,
                        422,
                        "invalid"),
                arguments("GET", N + ";x=y", "", json, json, 400, "bad-request"),
                arguments("PATCH", N, body, json, json, 405, "method-not-allowed"),
                arguments("POST", "/v1/switches", body, json, json, 405, "method-not-allowed"),
                arguments("GET", "/v1/switches", "", json, "text/html", 406, "not-acceptable"),
                arguments("GET", "/", "", json, "text/html", 404, "not-found"),
                arguments("GET", "/v1/nothing", "", json, "text/html", 404, "not-found"),
                arguments("GET", "/v1/overlays/default/nothing", "", json, "text/html", 404, "not-found"),
                arguments("GET", N + "/nothing", "", json, "text/html", 404, "not-found"),
                arguments("PATCH", N, body, json, "text/html", 405, "method-not-allowed"),
                arguments("PUT", N, body, "text/plain", json, 415, "unsupported-media-type"),
                arguments("PUT", N, body, "application/x-www-form-urlencoded", json, 415, "unsupported-media-type"),
                arguments("PUT", N, "", json, json, 400, "malformed"),
                arguments("PUT", N, "{", json, json, 400, "malformed"),
                arguments("PUT", N, "[]", json, json, 400, "malformed"),
                arguments("PUT", N, "null", json, json, 400, "malformed"),
                arguments("PUT", N, "{'path':1,'path':2}", json, json, 400, "malformed"),
                arguments("PUT", N, deep, json, json, 400, "malformed"),
                arguments("PUT", N, "a: [", "application/yaml", json, 400, "malformed"),
                arguments("PUT", N, "{}", json, json, 422, "invalid"),
                arguments("PUT", N, body.replace("}}", "},'name':'m'}"), json, json, 422, "invalid"),
                arguments("POST", "/v1/namespaces/problems/networks", body, json, json, 422, "invalid"),
                arguments("PUT", N, "'" + " ".repeat(1024 * 1024) + "'", json, json, 413, "too-large"),
                arguments("PUT", N, "'" + " ".repeat(5 * 1024 * 1024) + "'", json, json, 413, "too-large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "*"})
    void treatsAnEmptyAcceptHeaderAsNoPreference(String accept) {
        var reply = rest.send("GET", "/v1/switches", new byte[0], "Accept", accept);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/namespaces/problems/networks, 'GET, HEAD, POST, OPTIONS'",
        "/v1/namespaces/problems/networks/n, 'GET, HEAD, PUT, DELETE, OPTIONS'",
        "/v1/overlays/default/nodes/n, 'GET, HEAD, PUT, DELETE, OPTIONS'",
        "/v1/switches, 'GET, HEAD, OPTIONS'"
    })
    void listsTheMethodsOfAPathOnOptions(String path, String methods) {
        var reply = rest.send("OPTIONS", path, new byte[0]);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Allow")).isEqualTo(methods);
    }

    @Test
    void namesEveryViolation() {
        // When
        var reply = rest.put(
                N,
                "{'path':{'fromEndpoint':'NodeA','links':['l','l'],'capabilities':{'bandwidthBits':'-1','latency':1}},'x':1}");

        // Then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.violations())
                .containsExactly(
                        "$.path.fromEndpoint InvalidName",
                        "$.path.toEndpoint Missing",
                        "$.path.links[1] Duplicate",
                        "$.path.capabilities.bandwidthBits OutOfRange",
                        "$.path.capabilities.latency UnknownField",
                        "$.x UnknownField");
        assertThat(reply.json().path("violations").valueStream())
                .allSatisfy(v -> assertThat(v.path("message").asText()).isNotBlank());
        assertThat(reply.json().path("detail").asText()).startsWith("6 violations; the first is $.path.fromEndpoint:");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void refusesALargeBodyOfUndeclaredLengthWithAProblem(int mebibytes) throws IOException, InterruptedException {
        byte[] large = ("{'x':'" + "y".repeat(mebibytes * 1024 * 1024) + "'}").getBytes(StandardCharsets.UTF_8);

        var response = chunked(large);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("urn:vlink:problem:too-large");
    }

    @Test
    void acceptsABodyOfUndeclaredLength() throws IOException, InterruptedException {
        var response =
                chunked("{\"path\":{\"fromEndpoint\":\"a\",\"toEndpoint\":\"b\"}}".getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    private HttpResponse<String> chunked(byte[] body) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    HttpRequest.newBuilder(base.resolve("/v1/namespaces/problems/networks/chunked"))
                            .header("Content-Type", "application/json")
                            .expectContinue(false)
                            .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nodes?after=", "/v1/events?namespace=", "/v1/bulk?x=", "/", "/nothing?"})
    void refusesALongUrlWithAProblem(String path) {
        var reply = rest.get(path + "x".repeat(8 * 1024));

        assertThat(reply.status()).isEqualTo(414);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("detail").asText()).endsWith("at most 8192.");
    }

    @Test
    void refusesLargeHeadersWithAProblem() {
        var reply = rest.get("/v1/nodes", "X-Filler", "x".repeat(16 * 1024));

        assertThat(reply.status()).isEqualTo(431);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("detail").asText()).endsWith("at most 16384 together.");
    }

    /**
     * Java's HTTP clients cannot send such URLs. (If a % is not followed by two hexadecimal digits, Quarkus answers 400
     * itself, before any route of Vlink.)
     */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/overlays/%c3%28/nodes", "/v1/namespaces/x/networks/%ff", "/v1/switches/%00"})
    void refusesAnUndecodableUrlWithAProblem(String path) throws IOException {
        // Given
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);

            // When
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 40").contains("application/problem+json");
            assertThat(answer).containsPattern("\"detail\":\"[A-Z]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,  /v1/namespaces/problems/networks/dry?dryRun,                     has no value",
        "PUT,  /v1/namespaces/problems/networks/dry?dryRun=,                    has no value",
        "PUT,  /v1/namespaces/problems/networks/dry?dryRun=false&dryRun=true,   is given 2 times",
        "PUT,  /v1/namespaces/problems/networks/dry?dryRun=1,                   must be true or false",
        "POST, /v1/bulk?dryRun=true,                                            dry runs one by one",
        "GET,  /v1/namespaces/problems/networks?limit=,                         has no value",
    })
    void writesNothingIfADryRunMayBeMeant(String method, String path, String reason) {
        // Given
        String network = "{\"path\":{\"fromEndpoint\":\"a\",\"toEndpoint\":\"b\"}}";

        // When
        var reply = rest.send(
                method,
                path,
                network.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                path.contains("bulk") ? "application/x-ndjson" : "application/json");

        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).contains(reason);
        assertThat(rest.get("/v1/namespaces/problems/networks/dry").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/namespaces/problems/networks", "/v1/bulk"})
    void refusesACompressedBodyWithAProblem(String path) {
        var reply = rest.send("POST", path, new byte[] {0x1f, (byte) 0x8b}, "Content-Encoding", "gzip");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().path("detail").asText())
                .isEqualTo("The header Content-Encoding is gzip. Send the body without encoding.");
    }

    @Test
    void refusesACallWithoutAHostWithAProblem() throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /v1/switches HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer.lines().findFirst().orElse("")).endsWith("400 Bad Request");
            assertThat(answer).contains("application/problem+json", "The header Host is missing. Send it.");
        }
    }

    @Test
    void listsTheMethodsOfAPathOn405() {
        assertThat(List.of(rest.send("PATCH", N, new byte[0]).header("Allow").split(", ")))
                .contains("GET", "PUT", "DELETE");
    }
}
