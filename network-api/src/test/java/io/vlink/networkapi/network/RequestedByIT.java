package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.Topic;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records name the requester, whichever way the request came in. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class RequestedByIT {

    private static final String NETWORKS = "/v1/namespaces/asked/networks/";
    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";
    private static final String OTHER = "{'path':{'fromEndpoint':'a','toEndpoint':'c'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/v1/namespaces/asked/networks/each | " + BODY,
                "/v1/namespaces/asked/networks/each/attachments/i | {'node':'a','port':'p'}",
                "/v1/overlays/asked/nodes/a | {'datapathId':'00000000000000c1'}",
                "/v1/overlays/asked/links/l |"
                        + " {'from':{'node':'a','port':'p'},'to':{'node':'b','port':'p'},'capacityBits':'1G','latencyNanos':0}"
            })
    void isTheCaller(String path, String body) {
        // When
        var declared = rest.put(path, body, "Authorization", "Name alice");

        // Then
        assertThat(declared.json().path("requestedBy").asText())
                .as(declared.text())
                .isEqualTo("alice");
        assertThat(rest.get(path).json().path("requestedBy").asText()).isEqualTo("alice");
        assertThat(rest.get(path.substring(0, path.lastIndexOf('/')))
                        .json()
                        .at("/items/0/requestedBy")
                        .asText())
                .isEqualTo("alice");
        assertThat(rest.get(path, "Accept", "application/yaml").text()).contains("requestedBy: alice\n");
    }

    @Test
    void isTheRequesterOfTheLastChange() {
        // Given
        rest.put(NETWORKS + "last", BODY, "Authorization", "Name alice");

        // When
        rest.put(NETWORKS + "last", BODY, "Authorization", "Name bob");

        // Then
        assertThat(by("last")).as("nothing changed").isEqualTo("alice");

        // When
        rest.put(NETWORKS + "last", OTHER, "Authorization", "Later bob");

        // Then
        assertThat(by("last")).isEqualTo("bob");

        // When
        rest.put(NETWORKS + "last", BODY);

        // Then
        assertThat(rest.get(NETWORKS + "last").json().has("requestedBy"))
                .as("the requester is unknown")
                .isFalse();

        // When
        rest.delete(NETWORKS + "last", "Authorization", "Name carol");

        // Then
        assertThat(by("last")).as("while it is being removed").isEqualTo("carol");
    }

    @Test
    void isIgnoredInTheFormThatGetShows() {
        rest.put(NETWORKS + "round", BODY, "Authorization", "Name alice");
        String shown = rest.get(NETWORKS + "round").text();

        var same = putAsItIs(shown);
        var changed = putAsItIs(shown.replace("\"alice\"", "\"mallory\"").replace("\"b\"", "\"c\""));

        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(changed.status()).as(changed.text()).isEqualTo(202);
        assertThat(by("round")).isEqualTo("bob");
    }

    @Test
    void isRefusedInADeclaration() {
        var plain = rest.put(NETWORKS + "told", "{'path':{'fromEndpoint':'a','toEndpoint':'b'},'requestedBy':'alice'}");
        var within = rest.put(
                NETWORKS + "told", "{'spec':{'path':{'fromEndpoint':'a','toEndpoint':'b'},'requestedBy':'alice'}}");

        assertThat(plain.violations()).containsExactly("$.requestedBy UnknownField");
        assertThat(within.violations()).containsExactly("$.spec.requestedBy UnknownField");
    }

    @Test
    void isTakenFromABulkLineIfTheCallerIsUnknown() {
        // When
        var results = bulk(
                List.of(
                        line("told-1", "'requestedBy':'dave',"),
                        line("told-2", ""),
                        line("told-3", "'requestedBy':'" + "x".repeat(254) + "',"),
                        line("told-4", "'requestedBy':'a\\u0000',"),
                        line("told-5", "'requestedBy':'\\ud800',")),
                "");

        // Then
        assertThat(results)
                .extracting(result -> result.path("status").asInt())
                .containsExactlyInAnyOrder(202, 202, 422, 422, 422);
        assertThat(results.stream()
                        .filter(result -> result.path("status").asInt() == 422)
                        .map(result -> result.at("/problem/violations/0/field").asText()))
                .containsOnly("$.requestedBy");
        assertThat(by("told-1")).isEqualTo("dave");
        assertThat(rest.get(NETWORKS + "told-2").json().has("requestedBy")).isFalse();
    }

    @Test
    void mustBeTheCallerInBulkIfTheCallerIsKnown() {
        // When
        var results = bulk(
                List.of(
                        line("known-1", ""),
                        line("known-2", "'requestedBy':'alice',"),
                        line("known-3", "'requestedBy':'dave',")),
                "Name alice");

        // Then
        assertThat(by("known-1")).isEqualTo("alice");
        assertThat(by("known-2")).isEqualTo("alice");
        assertThat(rest.get(NETWORKS + "known-3").status()).isEqualTo(404);
        assertThat(results)
                .filteredOn(result -> result.path("line").asInt() == 3)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.path("status").asInt()).isEqualTo(422);
                    assertThat(result.at("/problem/violations/0/field").asText())
                            .isEqualTo("$.requestedBy");
                    assertThat(result.at("/problem/violations/0/reason").asText())
                            .isEqualTo("Mismatch");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Recorded", "Refused"})
    void isPartOfTheAnswerToARequestFromKafka(String type) {
        // Given
        String spec = type.equals("Recorded") ? BODY : "{}";
        String id = "default/asked/kafka-" + (type.equals("Recorded") ? "yes" : "no");
        try (KafkaUser user = new KafkaUser(kafka, Topic.ANSWERS, Topic.NETWORKS)) {
            // When
            var unused = user.produce(
                    Topic.REQUESTS,
                    KafkaUser.partition("default"),
                    null,
                    "{'type':'DeclareNetwork','id':'%s','requestedBy':'erin','spec':%s}"
                            .formatted(id, spec)
                            .replace('\'', '"')
                            .getBytes(StandardCharsets.UTF_8));

            // Then
            String answer = new String(
                    user.await(Topic.ANSWERS, r -> id.equals(r.key())).value(), StandardCharsets.UTF_8);

            assertThat(answer).contains("\"type\":\"" + type + "\"", "\"requestedBy\":\"erin\"");
            if (type.equals("Recorded")) {
                assertThat(new String(
                                user.await(Topic.NETWORKS, r -> id.equals(r.key()))
                                        .value(),
                                StandardCharsets.UTF_8))
                        .contains("\"requestedBy\":\"erin\"");
            }
        }
    }

    /** Answers to another overlay reveal nothing about it, including refusals caused by it. */
    @Test
    void isHiddenFromOtherOverlays() {
        // Given
        rest.put(
                "/v1/overlays/mine/nodes/a",
                "{'datapathId':'00000000000000c2'}",
                "Authorization",
                "Name my-own-secret");

        // When
        var refused = rest.put(
                "/v1/overlays/theirs/nodes/a", "{'datapathId':'00000000000000c2'}", "Authorization", "Name them");

        // Then
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).doesNotContain("my-own-secret");
        assertThat(rest.get("/v1/overlays/mine/nodes/a").text()).contains("my-own-secret");
    }

    private Rest.Reply putAsItIs(String shown) {
        return rest.send(
                "PUT",
                NETWORKS + "round",
                shown.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json",
                "Authorization",
                "Name bob");
    }

    private static String line(String name, String by) {
        return "{'type':'DeclareNetwork',%s'namespace':'asked','name':'%s','spec':%s}".formatted(by, name, BODY);
    }

    private List<JsonNode> bulk(List<String> lines, String authorization) {
        byte[] body = String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var reply = authorization.isEmpty()
                ? rest.send("POST", "/v1/bulk", body, "Content-Type", "application/x-ndjson")
                : rest.send(
                        "POST",
                        "/v1/bulk",
                        body,
                        "Content-Type",
                        "application/x-ndjson",
                        "Authorization",
                        authorization);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.text().lines().map(RequestedByIT::json).toList();
    }

    private String by(String network) {
        return rest.get(NETWORKS + network).json().path("requestedBy").asText();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
