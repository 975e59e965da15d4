package io.vlink.networkapi.topology;

import static io.vlink.networkapi.topology.TopologyRecords.SINCE;
import static io.vlink.networkapi.topology.TopologyRecords.link;
import static io.vlink.networkapi.topology.TopologyRecords.port;
import static io.vlink.networkapi.topology.TopologyRecords.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Switches, their ports and their nodes over REST. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class SwitchesIT {

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
    void removesOnlyDisconnectedSwitches() {
        // Given
        DatapathId id = new DatapathId(0x400);
        String path = "/v1/switches/" + id;
        assertThat(rest.delete(path).status()).as("repeatable").isEqualTo(204);
        try (KafkaUser gateway = new KafkaUser(kafka, Topic.SWITCHES, Topic.PORTS)) {
            gateway.publish(Topic.SWITCHES, id.toString(), id.toString(), seen(id, 2, Switch.State.CONNECTED, null));
            port(gateway, id, 7, "p7", true);
            await().untilAsserted(() ->
                    assertThat(rest.get(path).json().path("ports")).hasSize(1));

            // When
            var connected = rest.delete(path);

            // Then
            assertThat(connected.status()).isEqualTo(409);
            assertThat(connected.json().path("detail").asText()).contains("is connected");

            // When
            gateway.publish(
                    Topic.SWITCHES, id.toString(), id.toString(), seen(id, 2, Switch.State.DISCONNECTED, "Gone."));
            rest.put("/v1/overlays/forget/nodes/node-a", "{'datapathId':'400'}");

            // Then
            await().untilAsserted(() ->
                    assertThat(rest.delete(path).json().path("detail").asText()).contains("forget/node-a"));

            // When
            rest.delete("/v1/overlays/forget/nodes/node-a");

            // Then
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
        // Given
        rest.put("/v1/overlays/twice/nodes/first", "{'datapathId':'200'}");

        // Then
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

        // When
        var second = rest.put("/v1/overlays/twice/nodes/second", "{'datapathId':'200'}");

        // Then
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.violations()).containsExactly("$.spec.datapathId Conflict");
        assertThat(second.json().path("detail").asText()).contains("twice/first");
    }

    @Test
    void showsSwitchesAsTheirGatewaysSeeThem() {
        // Given
        DatapathId id = new DatapathId(0x300);
        rest.put("/v1/overlays/seen/nodes/node-a", "{'datapathId':'300'}");
        rest.put("/v1/overlays/seen/links/link-ab", link("node-a", "p", "node-b", "q"));

        // When
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

        // Then
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
}
