package io.vlink.networkapi.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.LocalKafka;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
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
                .as("links may come before their nodes")
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
    void refusesASwitchThatIsAnothersAlready() {
        rest.put("/v1/overlays/twice/nodes/first", "{'datapathId':'200'}");

        var second = rest.put("/v1/overlays/twice/nodes/second", "{'datapathId':'200'}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.violations()).containsExactly("$.datapathId Conflict");
        assertThat(second.json().path("detail").asText()).contains("twice/first");
    }

    @Test
    void showsWhatGatewaysSee() {
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
                List.of(new SwitchWarning("A", "b")));
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
