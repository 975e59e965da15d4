package io.vlink.networkapi.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.requests.Request;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class TopologyIT {

    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");

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
        String nodes = "/v1/overlays/topo/nodes";
        String links = "/v1/overlays/topo/links";
        var node = rest.post(nodes, "{'name':'node-a','datapathId':'100','ovsdb':'tcp:10.0.0.1:6640'}");
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

        var inUse = rest.delete(nodes + "/node-a");
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
        String path = "/v1/overlays/used/links/link-ab";
        rest.put(path, link("node-a", "p", "node-b", "q"));
        NetworkId network = new NetworkId("used", "secret", "wire");
        try (KafkaUser paths = new KafkaUser(kafka, Topic.ANSWERS, Topic.LINKS)) {
            paths.publish(Topic.PATHS, "used", network.toString(), crossing(network));
            await().untilAsserted(() ->
                    assertThat(rest.get(path).json().at("/use/current").asInt()).isEqualTo(1));

            var dry = rest.put(path + "?dryRun=true", link("node-a", "elsewhere", "node-b", "q"));
            assertThat(dry.status()).isEqualTo(200);
            assertThat(dry.json().path("outcome").asText()).isEqualTo("changed");
            assertThat(dry.json().at("/warnings/0/current").asInt()).isEqualTo(1);
            assertThat(rest.delete(path + "?dryRun=true").json().path("outcome").asText())
                    .isEqualTo("removing");
            assertThat(rest.get(path).json().at("/spec/from/port").asText()).isEqualTo("p");

            var moved = rest.put(path, link("node-a", "elsewhere", "node-b", "q"));
            assertThat(moved.status()).isEqualTo(200);
            assertThat(moved.json().at("/warnings/0/reason").asText()).isEqualTo("InUse");
            assertThat(moved.json().at("/warnings/0/current").asInt()).isEqualTo(1);
            assertThat(moved.text()).doesNotContain("secret").doesNotContain("wire\"");
            assertThat(rest.get(path).json().has("warnings")).isFalse();

            var withdrawn = rest.delete(path);
            assertThat(withdrawn.status()).isEqualTo(202);
            assertThat(withdrawn.json().path("withdrawn").asBoolean()).isTrue();
            assertThat(withdrawn.json().at("/warnings/0/reason").asText()).isEqualTo("InUse");
            assertThat(rest.get("/v1/overlays/used/links")
                            .json()
                            .at("/items/0/withdrawn")
                            .asBoolean())
                    .isTrue();
            var bulk = rest.send(
                    "POST",
                    "/v1/bulk",
                    "{\"type\":\"WithdrawLink\",\"id\":\"used/link-ab\"}".getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/x-ndjson");
            assertThat(bulk.json().path("status").asInt()).isEqualTo(202);
            assertThat(bulk.json().at("/warnings/0/current").asInt()).isEqualTo(1);
            paths.publish(
                    Topic.REQUESTS,
                    "used",
                    "used/link-ab",
                    new Request.WithdrawLink("in-use", new ResourceId("used", "link-ab"), null));
            var answer = paths.await(
                    Topic.ANSWERS, record -> new String(record.value(), StandardCharsets.UTF_8).contains("in-use"));
            assertThat(new String(answer.value(), StandardCharsets.UTF_8))
                    .contains("\"warnings\":[{\"reason\":\"InUse\"");

            CompletableFuture<Rest.Reply> gone = rest.sendLater("DELETE", path, "Prefer", "wait=20");
            paths.produce(Topic.PATHS, KafkaUser.partition("used"), network.toString(), null);
            assertThat(gone.join().status()).isEqualTo(204);
            assertThat(rest.get(path).status()).isEqualTo(404);
            paths.await(Topic.LINKS, record -> record.value() == null && "used/link-ab".equals(record.key()));
        }
    }

    @Test
    void forgetsOnlySwitchesThatAreGone() {
        DatapathId id = new DatapathId(0x400);
        String path = "/v1/switches/" + id;
        assertThat(rest.delete(path).status()).as("repeatable").isEqualTo(204);
        try (KafkaUser gateway = new KafkaUser(kafka, Topic.SWITCHES, Topic.PORTS)) {
            gateway.publish(Topic.SWITCHES, id.toString(), id.toString(), seen(id, 2, Switch.State.CONNECTED, null));
            port(gateway, id, 7, "p7", true);
            await().untilAsserted(() ->
                    assertThat(rest.get(path).json().path("ports")).hasSize(1));
            var connected = rest.delete(path);
            assertThat(connected.status()).isEqualTo(409);
            assertThat(connected.json().path("detail").asText()).contains("is connected");

            gateway.publish(
                    Topic.SWITCHES, id.toString(), id.toString(), seen(id, 2, Switch.State.DISCONNECTED, "Gone."));
            rest.put("/v1/overlays/forget/nodes/node-a", "{'datapathId':'400'}");
            await().untilAsserted(() ->
                    assertThat(rest.delete(path).json().path("detail").asText()).contains("forget/node-a"));
            rest.delete("/v1/overlays/forget/nodes/node-a");

            assertThat(rest.delete(path).status()).isEqualTo(204);
            assertThat(rest.get(path).status()).isEqualTo(404);
            gateway.await(
                    Topic.SWITCHES,
                    record -> record.value() == null && id.toString().equals(record.key()));
            gateway.await(Topic.PORTS, record -> record.value() == null && (id + "/7").equals(record.key()));
        }
    }

    @Test
    void refusesASwitchOfAnotherOverlay() {
        rest.put("/v1/overlays/twice/nodes/first", "{'datapathId':'200'}");

        assertThat(rest.put("/v1/overlays/twice/nodes/second?dryRun=true", "{'datapathId':'200'}")
                        .status())
                .isEqualTo(409);
        assertThat(rest.put("/v1/overlays/other/nodes/second?dryRun=true", "{'datapathId':'200'}")
                        .violations())
                .containsExactly("$.spec.datapathId Conflict");
        assertThat(rest.put("/v1/overlays/twice/nodes/second?dryRun=true", "{'datapathId':'201'}")
                        .json()
                        .path("outcome")
                        .asText())
                .isEqualTo("created");
        assertThat(rest.get("/v1/overlays/twice/nodes/second").status()).isEqualTo(404);
        var second = rest.put("/v1/overlays/twice/nodes/second", "{'datapathId':'200'}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.violations()).containsExactly("$.spec.datapathId Conflict");
        assertThat(second.json().path("detail").asText()).contains("twice/first");
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

    @Test
    void showsSwitchesAsTheirGatewaysSeeThem() {
        DatapathId id = new DatapathId(0x300);
        rest.put("/v1/overlays/seen/nodes/node-a", "{'datapathId':'300'}");
        rest.put("/v1/overlays/seen/links/link-ab", link("node-a", "p", "node-b", "q"));
        try (KafkaUser gateway = new KafkaUser(kafka)) {
            gateway.publish(Topic.SWITCHES, id.toString(), id.toString(), seen(id, 2, Switch.State.CONNECTED, null));
            gateway.publish(
                    Topic.SWITCHES, id.toString(), id.toString(), seen(id, 1, Switch.State.DISCONNECTED, "Late news."));
            port(gateway, id, 10, "p10", true);
            port(gateway, id, 2, "p2", true);
            port(gateway, id, 3, "p3", false);
            gateway.publish(
                    Topic.LINK_STATES,
                    "seen",
                    "seen/link-ab",
                    new LinkState(
                            new ResourceId("seen", "link-ab"), 1, false, "PortDown", "Port p is down.", SINCE, null));
        }

        String path = "/v1/switches/0x300";
        await().untilAsserted(() -> {
            assertThat(rest.get(path).json().path("ports")).hasSize(2);
            assertThat(rest.get("/v1/overlays/seen/links/link-ab")
                            .json()
                            .at("/status/reason")
                            .asText())
                    .isEqualTo("PortDown");
        });
        var shown = rest.get(path).json();
        assertThat(shown.path("state").asText()).isEqualTo("connected");
        assertThat(shown.path("nodes").toString()).isEqualTo("[\"seen/node-a\"]");
        assertThat(shown.path("ports").valueStream().map(p -> p.path("name").asText()))
                .containsExactly("p2", "p10");
        assertThat(shown.at("/warnings/0/reason").asText()).isEqualTo("A");
        assertThat(rest.get("/v1/switches").json().path("items").valueStream().map(s -> s.path("datapathId")
                        .asText()))
                .contains("0000000000000300");
        assertThat(rest.get("/v1/overlays/seen/nodes/node-a")
                        .json()
                        .at("/status/state")
                        .asText())
                .isEqualTo("connected");
    }

    private static PathDecision crossing(NetworkId network) {
        DatapathId a = new DatapathId(0x501);
        DatapathId b = new DatapathId(0x502);
        Lane lane = new Lane("link-ab", Label.of("vlan:1"), null, null, null, null);
        Route forward = new Route(
                null,
                List.of(
                        Hop.straight("node-a", a, new AtEndpoint(0), Face.working(lane, 1)),
                        Hop.straight("node-b", b, lane, Face.working(new AtEndpoint(1), null))),
                null,
                0,
                null);
        Route reverse = new Route(null, List.of(new Hop(0, "node-b", b, List.of(), List.of())), null, 0, null);
        Circuit circuit = new Circuit(
                1,
                1,
                List.of(new Endpoint("node-a", a, null, null), new Endpoint("node-b", b, null, null)),
                List.of(forward, reverse));
        return new PathDecision(
                network,
                new Revision(1, 1, 0),
                Outcome.ADMITTED,
                List.of(),
                circuit,
                List.of(),
                List.of(),
                List.of(),
                SINCE);
    }

    private static String link(String from, String fromPort, String to, String toPort) {
        return "{'from':{'node':'%s','port':'%s'},'to':{'node':'%s','port':'%s'},'capacityBits':'1G','latencyNanos':'0.2ms'}"
                .formatted(from, fromPort, to, toPort);
    }

    private static Switch seen(DatapathId id, long epoch, Switch.State state, @Nullable String reason) {
        return new Switch(
                id,
                epoch,
                state,
                reason,
                "gateway-1",
                "127.0.0.1:1",
                "1.4",
                "a switch",
                true,
                SINCE,
                List.of(new SwitchWarning("A", "b", null)));
    }

    private static void port(KafkaUser gateway, DatapathId id, long number, String name, @Nullable Hindrance sending) {
        SwitchPort port = new SwitchPort(id, new PortNumber(number));
        gateway.publish(
                Topic.PORTS,
                id.toString(),
                port.toString(),
                new Port(port, 1, true, name, "02:00:00:00:00:01", true, 0, null, null, sending, null));
    }

    private static void port(KafkaUser gateway, DatapathId id, long number, String name, boolean present) {
        SwitchPort port = new SwitchPort(id, new PortNumber(number));
        gateway.publish(
                Topic.PORTS,
                id.toString(),
                port.toString(),
                new Port(port, 1, present, name, "02:00:00:00:00:01", true, 0, null));
    }
}
