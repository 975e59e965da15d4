package io.vlink.networkapi.topology;

import static io.vlink.networkapi.topology.TopologyRecords.SINCE;
import static io.vlink.networkapi.topology.TopologyRecords.crossing;
import static io.vlink.networkapi.topology.TopologyRecords.link;
import static io.vlink.networkapi.topology.TopologyRecords.port;
import static io.vlink.networkapi.topology.TopologyRecords.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.requests.Request;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes and links over REST: they are declared, shown with their state, and kept until unused. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class TopologyIT {

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @Test
    void declaresShowsAndWithdrawsNodesAndLinks() {
        // Given
        String nodes = "/v1/overlays/topo/nodes";
        String links = "/v1/overlays/topo/links";

        // When
        var node = rest.post(nodes, "{'name':'node-a','datapathId':'100','ovsdb':'tcp:10.0.0.1:6640'}");

        // Then
        assertThat(node.status()).isEqualTo(201);
        assertThat(node.header("Location")).isEqualTo(nodes + "/node-a");
        assertThat(node.json().at("/spec/datapathId").asText()).isEqualTo("0000000000000100");
        assertThat(rest.put(nodes + "/node-b", "{'datapathId':'101'}").status()).isEqualTo(201);
        assertThat(rest.put(nodes + "/node-b", "{'datapathId':'101'}").status()).isEqualTo(200);
        assertThat(rest.post(nodes, "{'name':'node-a','datapathId':'100'}").status())
                .isEqualTo(409);

        assertThat(rest.put(links + "/link-ab", link("node-a", "p", "node-b", "q"))
                        .status())
                .isEqualTo(201);
        assertThat(rest.put(links + "/link-xy", link("node-x", "p", "node-y", "q"))
                        .status())
                .as("links may be declared before their nodes")
                .isEqualTo(201);
        assertThat(rest.get(links).json().path("items").valueStream().map(l -> l.path("name")
                        .asText()))
                .containsExactly("link-ab", "link-xy");
        assertThat(rest.get(links + "/link-ab").json().at("/spec/capacityBits").asLong())
                .isEqualTo(1_000_000_000);

        // When
        var inUse = rest.delete(nodes + "/node-a");

        // Then
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.violations()).containsExactly("$.id InUse");
        assertThat(inUse.json().path("detail").asText()).contains("link-ab");
        assertThat(rest.delete(links + "/link-ab").status()).isEqualTo(204);
        assertThat(rest.get(links + "/link-ab").status()).isEqualTo(404);
        assertThat(rest.delete(nodes + "/node-a").status()).isEqualTo(204);
        assertThat(rest.delete(nodes + "/node-a").status()).isEqualTo(204);
        assertThat(rest.get(nodes).json().path("items").valueStream().map(n -> n.path("name")
                        .asText()))
                .containsExactly("node-b");
    }

    @Test
    void warnsOfALinkInUseAndKeepsItUntilUnused() {
        // Given
        String path = "/v1/overlays/used/links/link-ab";
        rest.put(path, link("node-a", "p", "node-b", "q"));
        NetworkId network = new NetworkId("used", "secret", "wire");
        try (KafkaUser paths = new KafkaUser(kafka, Topic.ANSWERS, Topic.LINKS)) {
            paths.publish(Topic.PATHS, "used", network.toString(), crossing(network));
            await().untilAsserted(() ->
                    assertThat(rest.get(path).json().at("/use/current").asInt()).isEqualTo(1));
            assertThat(rest.get(path).json().path("reservedBits").asLong()).isEqualTo(20_000_000);
            assertThat(rest.get(path).json().path("freeBits").asLong()).isEqualTo(980_000_000);

            // When
            var dry = rest.put(path + "?dryRun=true", link("node-a", "elsewhere", "node-b", "q"));

            // Then
            assertThat(dry.status()).isEqualTo(200);
            assertThat(dry.json().path("outcome").asText()).isEqualTo("changed");
            assertThat(dry.json().at("/warnings/0/current").asInt()).isEqualTo(1);
            assertThat(rest.delete(path + "?dryRun=true").json().path("outcome").asText())
                    .isEqualTo("removing");
            assertThat(rest.get(path).json().at("/spec/from/port").asText()).isEqualTo("p");

            // When
            var moved = rest.put(path, link("node-a", "elsewhere", "node-b", "q"));

            // Then
            assertThat(moved.status()).isEqualTo(200);
            assertThat(moved.json().at("/warnings/0/reason").asText()).isEqualTo("InUse");
            assertThat(moved.json().at("/warnings/0/current").asInt()).isEqualTo(1);
            assertThat(moved.text()).doesNotContain("secret").doesNotContain("wire\"");
            assertThat(rest.get(path).json().has("warnings")).isFalse();

            // When
            var withdrawn = rest.delete(path);

            // Then
            assertThat(withdrawn.status()).isEqualTo(202);
            assertThat(withdrawn.json().path("withdrawn").asBoolean()).isTrue();
            assertThat(withdrawn.json().at("/warnings/0/reason").asText()).isEqualTo("InUse");
            assertThat(rest.get("/v1/overlays/used/links")
                            .json()
                            .at("/items/0/withdrawn")
                            .asBoolean())
                    .isTrue();

            // When
            var bulk = rest.send(
                    "POST",
                    "/v1/bulk",
                    "{\"type\":\"WithdrawLink\",\"id\":\"used/link-ab\"}".getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/x-ndjson");

            // Then
            assertThat(bulk.json().path("status").asInt()).isEqualTo(202);
            assertThat(bulk.json().at("/warnings/0/current").asInt()).isEqualTo(1);

            // When
            paths.publish(
                    Topic.REQUESTS,
                    "used",
                    "used/link-ab",
                    new Request.WithdrawLink("in-use", new ResourceId("used", "link-ab"), null));

            // Then
            var answer = paths.await(
                    Topic.ANSWERS, record -> new String(record.value(), StandardCharsets.UTF_8).contains("in-use"));
            assertThat(new String(answer.value(), StandardCharsets.UTF_8))
                    .contains("\"warnings\":[{\"reason\":\"InUse\"");

            // When
            CompletableFuture<Rest.Reply> gone = rest.sendLater("DELETE", path, "Prefer", "wait=20");
            paths.produce(Topic.PATHS, KafkaUser.partition("used"), network.toString(), null);

            // Then
            assertThat(gone.join().status()).isEqualTo(204);
            assertThat(rest.get(path).status()).isEqualTo(404);
            paths.await(Topic.LINKS, record -> record.value() == null && "used/link-ab".equals(record.key()));
        }
    }

    @Test
    void showsWhyTheSenderOfALinkCannotSend() {
        // Given: the receiving side is up
        DatapathId id = new DatapathId(0x310);
        String path = "/v1/overlays/sent/links/link-ab";
        rest.put("/v1/overlays/sent/nodes/node-a", "{'datapathId':'310'}");
        rest.put(path, link("node-a", "p", "node-b", "q"));
        Hindrance hindrance = new Hindrance("NoForward", "The port p is set to no-forward.");
        try (KafkaUser gateway = new KafkaUser(kafka)) {
            gateway.publish(
                    Topic.LINK_STATES,
                    "sent",
                    "sent/link-ab",
                    new LinkState(new ResourceId("sent", "link-ab"), 1, true, null, null, SINCE, null));
            port(gateway, id, 4, "other", true);
            await().untilAsserted(() ->
                    assertThat(status(path).path("reason").asText()).isEqualTo("PortUnknown"));
            gateway.publish(Topic.SWITCHES, id.toString(), id.toString(), seen(id, 1, Switch.State.CONNECTED, null));
            port(gateway, id, 5, "p", hindrance);
            // Then
            await().untilAsserted(() -> {
                assertThat(status(path).path("up").asBoolean(true)).isFalse();
                assertThat(status(path).path("reason").asText()).isEqualTo("NoForward");
                assertThat(status(path).path("message").asText()).isEqualTo(hindrance.message());
            });
            assertThat(Instant.parse(status(path).path("since").asText())).isAfter(SINCE);
            assertThat(rest.get("/v1/overlays/sent/links?up=true").json().path("items"))
                    .isEmpty();
            assertThat(rest.get("/v1/switches/0x310")
                            .json()
                            .at("/ports/1/sending/reason")
                            .asText())
                    .isEqualTo("NoForward");
            assertThat(rest.get("/v1/switches/0x310")
                            .json()
                            .at("/ports/1/receiving")
                            .isMissingNode())
                    .isTrue();
            // When
            port(gateway, id, 5, "p", (Hindrance) null);
            // Then
            await().untilAsserted(() ->
                    assertThat(status(path).path("up").asBoolean()).isTrue());
        }
    }

    private JsonNode status(String link) {
        return rest.get(link).json().path("status");
    }
}
