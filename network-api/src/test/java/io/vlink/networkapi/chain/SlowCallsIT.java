package io.vlink.networkapi.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that do not arrive to their end lose their connection. Each test ends when the service closes it. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestProfile(SlowCallsIT.Impatient.class)
final class SlowCallsIT {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final String HALF_A_BODY = " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\n\r\n%s";

    /** Short times; a call that waits for its vlink is longer than both of them. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.idle-timeout", "3s", "vlink.rest.body-deadline", "1s");
        }
    }

    @TestHTTPResource("/")
    URI base = URI.create("/");

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /v1/sw", "GET /v1/switches HTTP/1.1\r\nHost: x\r\nX-Half"})
    void closesAConnectionWithHalfAHead(String sent) throws IOException {
        assertThat(answer(sent)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /v1/namespaces/slow/networks/n", "POST /v1/namespaces/slow/networks"})
    void answersHalfABodyWithAProblemAndClosesTheConnection(String call) throws IOException {
        // When
        String answer = answer(call + HALF_A_BODY.formatted("Content-Length: 100", "{"));

        // Then
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("application/problem+json", "urn:vlink:problem:slow");
        assertThat(answer).endsWith("}");
        assertThat(rest.get("/v1/namespaces/slow/networks/n").status()).isEqualTo(404);
    }

    @Test
    void answersHalfABodyOfUndeclaredLengthToo() throws IOException {
        String answer = answer(
                "PUT /v1/namespaces/slow/networks/n" + HALF_A_BODY.formatted("Transfer-Encoding: chunked", "5\r\n{"));

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("did not arrive within 1 s");
    }

    @Test
    void closesABulkCallThatFallsSilent() throws IOException {
        String answer = answer("POST /v1/bulk HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                + "Content-Length: 100\r\n\r\n{");

        assertThat(answer).doesNotContain("{\"line\"");
    }

    @Test
    void answersACallThatWaitsLongerThanABodyMay() {
        var reply = rest.put(
                "/v1/namespaces/slow/networks/patient",
                "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}",
                "Prefer",
                "wait=2");

        assertThat(reply.status()).isEqualTo(202);
    }

    /** Sends the text and returns what comes until the service closes the connection. */
    private String answer(String sent) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
