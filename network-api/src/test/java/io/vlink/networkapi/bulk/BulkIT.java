package io.vlink.networkapi.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many requests in one call. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class BulkIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPEC = "'spec':{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @Test
    void recordsAndWithdrawsTenThousandNetworksInOneCallEach() {
        // Given
        int many = 10_000;

        // When
        var created = bulk(IntStream.range(0, many)
                .mapToObj(i -> "{'type':'DeclareNetwork','namespace':'many','name':'n-%d',%s}".formatted(i, SPEC))
                .toList());

        // Then
        assertThat(created).hasSize(many);
        assertThat(created.values()).allSatisfy(result -> {
            assertThat(result.path("status").asInt()).isEqualTo(202);
            assertThat(result.path("created").asBoolean()).isTrue();
        });
        assertThat(result(created, 17).path("subject").asText()).isEqualTo("default/many/n-16");
        assertThat(listed("/v1/namespaces/many/networks")).hasSize(many).doesNotHaveDuplicates();

        // When
        var withdrawn = bulk(IntStream.range(0, many)
                .mapToObj(i -> "{'type':'WithdrawNetwork','namespace':'many','name':'n-%d'}".formatted(i))
                .toList());

        // Then
        assertThat(withdrawn).hasSize(many);
        assertThat(withdrawn.values())
                .allSatisfy(result -> assertThat(result.path("status").asInt()).isEqualTo(202));
    }

    @Test
    void recordsALargeTopologyInOneCallWhileAnotherOverlayOfTheSamePartitionIsServed() {
        // Given
        int nodes = 2_000;
        int links = 20_000;
        String other = Stream.iterate(0, i -> i + 1)
                .map(i -> "beside-" + i)
                .filter(overlay -> KafkaUser.partition(overlay) == KafkaUser.partition("large"))
                .findFirst()
                .orElseThrow();
        Stream<String> lines = Stream.concat(
                IntStream.range(0, nodes).mapToObj(BulkIT::node),
                IntStream.range(0, links).mapToObj(i -> link(i, nodes)));

        // When
        var bulk = CompletableFuture.supplyAsync(() -> bulk(lines.toList()));
        List<Integer> beside = new ArrayList<>();
        for (int i = 0; !bulk.isDone() || i == 0; i++) {
            beside.add(rest.put(
                            "/v1/overlays/%s/namespaces/x/networks/n-%d".formatted(other, i),
                            "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}")
                    .status());
        }

        // Then
        assertThat(statuses(bulk.join()).values()).hasSize(nodes + links).containsOnly(201);
        assertThat(beside).containsOnly(202);
        assertThat(listed("/v1/overlays/large/links")).hasSize(links);
    }

    private static String node(int number) {
        return "{'type':'DeclareNode','overlay':'large','name':'n-%d','spec':{'datapathId':'%016x'}}"
                .formatted(number, 0xb000_0000L + number);
    }

    private static String link(int number, int nodes) {
        return ("{'type':'DeclareLink','overlay':'large','name':'l-%d','spec':{'from':{'node':'n-%d','port':'o-%d'},"
                        + "'to':{'node':'n-%d','port':'i-%d'},'capacityBits':'10G','latencyNanos':'0.1ms'}}")
                .formatted(number, number % nodes, number, (number * 7 + 1) % nodes, number);
    }

    /** Returns the names of a list, from all of its pages. */
    private List<String> listed(String path) {
        List<String> names = new ArrayList<>();
        for (String page = path; !page.isEmpty(); ) {
            var reply = rest.get(page);
            reply.json()
                    .path("items")
                    .forEach(item -> names.add(item.path("name").asText()));
            page = reply.header("Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
        }
        return names;
    }

    @Test
    void aFailedLineDoesNotAffectOthers() {
        // When
        var results = bulk(List.of(
                "{'type':'DeclareNetwork','requestId':'r','namespace':'mixed','name':'one',%s}".formatted(SPEC),
                "this is no request",
                "",
                "{'type':'DeclareNetwork','namespace':'mixed','name':'two','spec':{'path':{'fromEndpoint':'a','hops':3}}}",
                "{'type':'DeclareNetwork','namespace':'mixed','name':'one','ifGeneration':77,%s}".formatted(SPEC),
                "{'type':'DeclareNetwork','namespace':'mixed','name':'one','ifGeneration':0,%s}".formatted(SPEC),
                "{'type':'DeclareAttachment','namespace':'mixed','network':'one','id':'x','spec':{'node':'a','port':'p'}}",
                "{'type':'WithdrawAttachment','namespace':'mixed','network':'one','id':'never'}",
                "{'type':'DeclareNode','overlay':'bulk','name':'a','spec':{'datapathId':'00000000000000b1'}}",
                "{'x':'" + "y".repeat(1024 * 1024) + "'}",
                "{'type':'WithdrawNetwork','namespace':'mixed','name':'one'}",
                "{'type':'DeclareLink','overlay':'bulk','id':'','spec':{}}"));

        // Then
        assertThat(new TreeMap<>(statuses(results)).values())
                .containsExactly(202, 400, 422, 412, 409, 202, 204, 201, 413, 202, 422);
        assertThat(results.keySet()).as("line 3 is blank").doesNotContain(3L).contains(4L, 12L);
        assertThat(result(results, 1).path("requestId").asText()).isEqualTo("r");
        assertThat(result(results, 4).at("/problem/violations")).hasSize(2);
        assertThat(result(results, 4).path("subject").asText()).isEqualTo("default/mixed/two");
        assertThat(rest.get("/v1/namespaces/mixed/networks/one/attachments/x").status())
                .isEqualTo(200);
    }

    @Test
    void waitsForEachLineIfTheCallerPrefersToWait() {
        var body = "{'type':'DeclareNetwork','namespace':'patient','name':'one',%s}".formatted(SPEC);
        long begin = System.nanoTime();

        var reply = send(List.of(body), "Prefer", "wait=1");

        assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000L);
        assertThat(statuses(results(reply))).containsValues(202);
    }

    @Test
    void refusesAnInvalidCall() {
        assertThat(rest.post("/v1/bulk", "{}").status()).isEqualTo(415);
        assertThat(rest.get("/v1/bulk").status()).isEqualTo(405);
        assertThat(rest.get("/v1/bulk").header("Allow")).isEqualTo("POST");
        assertThat(rest.get("/v1/bulk").header("Content-Type")).isEqualTo("application/problem+json");
    }

    private Map<Long, JsonNode> bulk(List<String> lines) {
        return results(send(lines));
    }

    private Rest.Reply send(List<String> lines, String... headers) {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/x-ndjson"), Stream.of(headers))
                .toArray(String[]::new);
        return rest.send(
                "POST", "/v1/bulk", String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8), all);
    }

    private static Map<Long, JsonNode> results(Rest.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        return reply.text()
                .lines()
                .map(BulkIT::json)
                .collect(Collectors.toMap(result -> result.path("line").asLong(), Function.identity()));
    }

    private static JsonNode result(Map<Long, JsonNode> results, long line) {
        return results.getOrDefault(line, MissingNode.getInstance());
    }

    private static Map<Long, Integer> statuses(Map<Long, JsonNode> results) {
        return results.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .path("status")
                .asInt()));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
