package io.vlink.flow.messaging;

import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.endpoint;
import static io.vlink.flow.sample.Sample.withEndpoints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.deadletters.DeadLetter;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.services.Services;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Phase;
import io.vlink.fixtures.BrokerResource;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Partitions;
import io.vlink.log.serving.EventLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the running service on a real broker when other services, records and owners fail. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class FlowServiceFaultsIT {

    @TestHTTPResource("/q/health/ready")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI ready;

    @TestHTTPResource("/q/health")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI health;

    private final String bootstrapServers =
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    private Peers peers;

    @BeforeEach
    void open() {
        peers = new Peers(bootstrapServers);
        await().atMost(Peers.DEADLINE).until(() -> get(ready).statusCode() == 200);
    }

    @AfterEach
    void close() {
        peers.close();
    }

    @Test
    void reportsThatTheGatewayIsAwayAndBack() {
        // Given
        NetworkId id = new NetworkId("default", "default", "left");
        "abcde".chars().forEach(node -> peers.connect((char) node));
        peers.write(decision(1, 2).admitted(circuit(7, 1, "acde", "edba", null)).of(id));
        peers.awaitSets(id, 5).values().forEach(peers::confirm);
        peers.awaitPhase(id, Phase.READY);
        await().atMost(Peers.DEADLINE)
                .untilAsserted(() -> assertThat(peers.status(id).orElseThrow().condition(Condition.Type.CONTROL_LOST))
                        .isEmpty());

        // When
        peers.stopGateway();

        // Then
        await().atMost(Peers.DEADLINE)
                .untilAsserted(() -> assertThat(peers.status(id).orElseThrow().condition(Condition.Type.CONTROL_LOST))
                        .hasValueSatisfying(lost -> {
                            assertThat(lost.reason()).isEqualTo("GatewayAway");
                            assertThat(lost.message()).startsWith("switch-gateway is away since 20");
                        }));
        assertThat(get(health).body()).contains("switch-gateway is away since 20");
        assertThat(get(ready).statusCode()).isEqualTo(200);

        // And when it is back
        peers.startGateway();
        await().atMost(Peers.DEADLINE)
                .untilAsserted(() -> assertThat(peers.status(id).orElseThrow().condition(Condition.Type.CONTROL_LOST))
                        .isEmpty());
    }

    @Test
    void writesNothingNewAfterARestart() {
        // Given
        NetworkId id = new NetworkId("default", "default", "two");
        peers.write(decision(1, 2).admitted(circuit(2, 1, "acde", "edba", null)).of(id));
        peers.awaitSets(id, 5).values().forEach(peers::confirm);
        peers.awaitPhase(id, Phase.READY);
        long rules = peers.countOf(Topic.RULES, id);
        long statuses = peers.countOf(Topic.STATUSES, id);

        // When: another instance, of another group, loads the same log
        try (EventLog<FlowShard> second = anotherInstance()) {
            second.start();
            await().atMost(Peers.DEADLINE).until(second::isServing);
            // A later decision shows that it has processed everything before it.
            NetworkId marker = new NetworkId("default", "default", "marker");
            peers.write(decision(1, 1)
                    .admitted(withEndpoints(
                            circuit(9, 1, "ab", "ba", null), endpoint('a', null, null), endpoint('b', null, null)))
                    .of(marker));
            await().atMost(Peers.DEADLINE).until(() -> peers.countOf(Topic.STATUSES, marker) >= 2);
        }

        // Then
        assertThat(peers.countOf(Topic.RULES, id)).isEqualTo(rules);
        assertThat(peers.countOf(Topic.STATUSES, id)).isEqualTo(statuses);
    }

    @Test
    void replacesTheRecordsOfAnOwnerThatWakesUpLate() {
        // Given
        NetworkId id = new NetworkId("default", "default", "fought-for");
        Circuit circuit = circuit(13, 1, "acde", "edba", null);
        peers.write(decision(1, 1).admitted(circuit).of(id));
        RuleSet late = peers.awaitSets(id, 5).get(dpid('c'));
        peers.awaitSets(id, 5).values().forEach(peers::confirm);
        peers.write(decision(2, 2).withdrawn().removing(circuit).of(id));
        await().atMost(Peers.DEADLINE)
                .until(() -> peers.sets(id).values().stream().allMatch(RuleSet::isEmpty));

        // When
        peers.desk.write(Topic.RULES, Partitions.of(dpid('c'), Peers.PARTITIONS), dpid('c') + "/" + id, late);

        // Then
        await().atMost(Peers.DEADLINE).untilAsserted(() -> {
            List<Revision> written = peers.desk.records(Topic.RULES).stream()
                    .filter(record -> record.key().equals(dpid('c') + "/" + id))
                    .map(record -> Peers.revisionOf(record.value()))
                    .toList();
            assertThat(written)
                    .containsExactly(
                            new Revision(1, 1, 2), new Revision(2, 2, 2), new Revision(1, 1, 2), new Revision(2, 2, 2));
        });
    }

    @Test
    void keepsTheRulesOfANetworkWhenItsDecisionCannotBeRead() {
        // Given
        NetworkId id = new NetworkId("default", "default", "unreadable");
        peers.write(decision(1, 1).admitted(circuit(14, 1, "ab", "ba", null)).of(id));
        peers.awaitSets(id, 2).values().forEach(peers::confirm);
        peers.awaitPhase(id, Phase.READY);

        // When: it can be parsed, but is incomplete
        byte[] half = "{\"id\": \"%s\", \"violations\": [], \"retiring\": [], \"impairments\": [], \"attachments\": []}"
                .formatted(id)
                .getBytes(StandardCharsets.UTF_8);
        peers.desk.write(Topic.PATHS, Partitions.of("default", Peers.PARTITIONS), id.toString(), half);

        // Then
        await().atMost(Peers.DEADLINE).untilAsserted(() -> assertThat(
                        peers.desk.state(Topic.DEAD_LETTERS, DeadLetter.class).get(id.toString()))
                .extracting(DeadLetter::reason)
                .isEqualTo("The record is not a valid PathDecision: revision is missing."));
        assertThat(peers.sets(id).values()).noneMatch(RuleSet::isEmpty);
    }

    @Test
    void reportsUnreadableRecordsAndContinues() {
        // Given
        String key = new NetworkId("default", "default", "four").toString();
        byte[] nonsense = "{\"id\": 4".getBytes(StandardCharsets.UTF_8);

        // When
        peers.desk.write(Topic.PATHS, Partitions.of("default", Peers.PARTITIONS), key, nonsense);

        // Then
        await().atMost(Peers.DEADLINE).untilAsserted(() -> assertThat(
                        peers.desk.state(Topic.DEAD_LETTERS, DeadLetter.class).get(key))
                .extracting(DeadLetter::reason)
                .asString()
                .startsWith("The record is not a valid PathDecision"));
        NetworkId id = new NetworkId("default", "default", "five");
        peers.write(decision(1, 1).admitted(circuit(5, 1, "ab", "ba", null)).of(id));
        peers.awaitSets(id, 2);
    }

    private EventLog<FlowShard> anotherInstance() {
        LogConfig config = new LogConfig(
                "flow-service-again",
                Optional.empty(),
                bootstrapServers,
                Peers.PARTITIONS,
                List.of(Topic.PATHS, Topic.RULE_STATES, Topic.STATUSES),
                List.of(Topic.RULES, Topic.STATUSES),
                List.of(Topic.SWITCHES, Topic.RULES, Topic.LINK_STATES, Topic.LINK_SHARES),
                false,
                OnLoss.NOTHING,
                List.of(),
                Map.of());
        return new EventLog<>(
                config,
                (partition, epoch) -> new FlowShard(
                        partition,
                        Peers.PARTITIONS,
                        Duration.ofMillis(500),
                        new FlowMeters(new SimpleMeterRegistry()),
                        () -> Services.UNKNOWN),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    private static HttpResponse<String> get(URI uri) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
