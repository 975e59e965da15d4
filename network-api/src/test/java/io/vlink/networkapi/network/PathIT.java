package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Match;
import io.vlink.events.switches.Port;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The path of a network, hop by hop. The test replaces path-service and switch-gateway. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class PathIT {

    private static final NetworkId NET = new NetworkId("default", "paths", "n");
    private static final String PATH = "/v1/namespaces/paths/networks/n/path";
    private static final DatapathId A = new DatapathId(0xa);
    private static final DatapathId B = new DatapathId(0xb);
    private static final Instant READ = Instant.parse("2026-11-23T12:00:00Z");

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Test
    void showsEachDirectionHopByHopWithItsCounters() {
        // Given
        Rest rest = Await.serving(base);
        rest.put("/v1/namespaces/paths/networks/n", "{'path':{'fromEndpoint':'node-a','toEndpoint':'node-b'}}");
        assertThat(rest.get(PATH).json().path("outcome").asText()).isEqualTo("pending");

        // When
        try (KafkaUser suite = new KafkaUser(kafka)) {
            suite.publish(Topic.PATHS, "default", NET.toString(), decision());
            suite.publish(Topic.PORTS, A.toString(), A + "/1", port(new SwitchPort(A, new PortNumber(1)), "veth-ping"));
            counters(suite, A, metered(7, 700, 4, 400), rule(Direction.REVERSE, 5, 500));
            counters(suite, B, rule(Direction.FORWARD, 6, 600), otherCircuit());
        }
        await().untilAsserted(() -> {
            JsonNode path = rest.get(PATH).json();
            assertThat(path.at("/forward/hops/0/packets").asLong()).isEqualTo(7);
            assertThat(path.at("/forward/hops/1/packets").asLong()).isEqualTo(6);
            assertThat(path.at("/forward/hops/0/inPortName").asText()).isEqualTo("veth-ping");
        });

        // Then
        JsonNode path = rest.get(PATH).json();
        assertThat(path.path("outcome").asText()).isEqualTo("admitted");
        assertThat(path.path("circuit").asLong()).isEqualTo(9);
        assertThat(path.path("retiring").toString()).isEqualTo("[8]");
        assertThat(path.path("forward").toString()).isEqualTo("""
            {"name":"there","nodes":["node-a","node-b"],"links":["link-ab"],"bandwidthBits":20000000,"latencyNanos":200000,"hops":[\
            {"node":"node-a","datapathId":"000000000000000a","inPort":1,"inPortName":"veth-ping","outPort":2,\
            "outLabel":"vlan:100","outLink":"link-ab","packets":7,"bytes":700,\
            "droppedPackets":4,"droppedBytes":400,"readAt":"2026-11-23T12:00:00Z"},\
            {"node":"node-b","datapathId":"000000000000000b","inPort":3,"outPort":4,\
            "inLabel":"vlan:100","inLink":"link-ab","packets":6,"bytes":600,"readAt":"2026-11-23T12:00:00Z"}]}\
            """);
        assertThat(path.path("reverse").toString()).isEqualTo("""
            {"nodes":["node-b","node-a"],"links":["link-ba"],"latencyNanos":200000,"hops":[\
            {"node":"node-b","datapathId":"000000000000000b","inPort":4,"outPort":3,"outLabel":"vlan:7","outLink":"link-ba"},\
            {"node":"node-a","datapathId":"000000000000000a","inPort":2,"outPort":1,"outPortName":"veth-ping",\
            "inLabel":"vlan:7","inLink":"link-ba","packets":5,"bytes":500,"readAt":"2026-11-23T12:00:00Z"}]}\
            """);
        assertThat(rest.get(PATH, "Accept", "application/yaml").text()).contains("circuit: 9\n");
    }

    private static PathDecision decision() {
        return new PathDecision(
                NET,
                new Revision(1, 1, 0),
                Outcome.ADMITTED,
                List.of(),
                circuit(9),
                List.of(new CircuitRemoval(circuit(8), READ, false)),
                List.of(),
                List.of(),
                READ);
    }

    private static Circuit circuit(long number) {
        Label there = new Label(Label.LabelKind.VLAN, 100);
        Label back = new Label(Label.LabelKind.VLAN, 7);
        Lane out = new Lane("link-ab", there, new PortNumber(2), null, new PortNumber(3), null);
        Lane home = new Lane("link-ba", back, new PortNumber(3), null, new PortNumber(2), null);
        return new Circuit(
                number,
                1,
                List.of(
                        new Endpoint("node-a", A, "ping", new PortNumber(1)),
                        new Endpoint("node-b", B, "pong", new PortNumber(4))),
                List.of(
                        new Route(
                                "there",
                                List.of(
                                        Hop.straight("node-a", A, new AtEndpoint(0), Face.working(out, 1)),
                                        Hop.straight("node-b", B, out, Face.working(new AtEndpoint(1), null))),
                                20_000_000L,
                                200_000,
                                1),
                        new Route(
                                null,
                                List.of(
                                        Hop.straight("node-b", B, new AtEndpoint(1), Face.working(home, 1)),
                                        Hop.straight("node-a", A, home, Face.working(new AtEndpoint(0), null))),
                                null,
                                200_000,
                                null)));
    }

    private static void counters(KafkaUser suite, DatapathId datapathId, RuleCounter... rules) {
        RuleCounters counters = new RuleCounters(datapathId, NET, READ, List.of(rules));
        suite.publish(Topic.COUNTERS, datapathId.toString(), counters.key(), counters);
    }

    private static RuleCounter rule(Direction direction, long packets, long bytes) {
        return new RuleCounter(
                Cookie.of(Cookie.CookieKind.FORWARDING, 9, direction),
                new Match.AtPort(new PortNumber(1), null),
                packets,
                bytes);
    }

    private static RuleCounter metered(long packets, long bytes, long droppedPackets, long droppedBytes) {
        return new RuleCounter(
                Cookie.of(Cookie.CookieKind.FORWARDING, 9, Direction.FORWARD),
                new Match.AtPort(new PortNumber(1), null),
                packets,
                bytes,
                droppedPackets,
                droppedBytes);
    }

    private static RuleCounter otherCircuit() {
        return new RuleCounter(
                Cookie.of(Cookie.CookieKind.FORWARDING, 8, Direction.REVERSE),
                new Match.AtPort(new PortNumber(1), null),
                99,
                99);
    }

    private static Port port(SwitchPort id, String name) {
        return new Port(id, 1, true, name, "02:00:00:00:00:01", true, 10_000_000, null);
    }
}
