package io.vlink.flow.messaging;

import static io.vlink.flow.sample.Sample.START;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.end;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.sample.Sample.toward;
import static io.vlink.flow.sample.Sample.withEnds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.deadletters.DeadLetter;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.services.Services;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.BrokerResource;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.sample.Compiled;
import io.vlink.log.EventJson;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Partitions;
import io.vlink.log.serving.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the running service on a real broker; the test acts as path-service and gateway. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class FlowServiceIT {

    private static final int PARTITIONS = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TestHTTPResource("/q/health/ready")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI ready;

    @TestHTTPResource("/q/health")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI health;

    @TestHTTPResource("/q/metrics")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI metrics;

    private final String bootstrapServers =
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    private KafkaDesk desk;
    private GatewayBeats gateway;

    @BeforeEach
    void open() {
        desk = new KafkaDesk(bootstrapServers, PARTITIONS);
        gateway = new GatewayBeats(desk, PARTITIONS);
        await().atMost(DEADLINE).until(() -> get(ready).statusCode() == 200);
    }

    @AfterEach
    void close() {
        gateway.close();
        desk.close();
    }

    @Test
    void turnsADecisionIntoRulesAndConfirmationsIntoAStatus() {
        // Given
        NetworkId id = new NetworkId("default", "default", "one");
        for (char node : "abcde".toCharArray()) {
            connect(node);
        }

        // When
        write(decision(1, 2).admitted(guide()).of(id));

        // Then
        Map<DatapathId, RuleSet> sets = awaitSets(id, 5);
        Compiled.rules(guide()).forEach((datapathId, rules) -> assertThat(contentOf(sets, datapathId))
                .isEqualTo(rules));
        awaitPhase(id, Phase.PROGRAMMING);

        // When
        sets.values().forEach(this::confirm);

        // Then
        NetworkStatus status = awaitPhase(id, Phase.READY);
        assertThat(status.forward()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(status.reverse()).containsExactly("node-e", "node-d", "node-b", "node-a");
        assertThat(status.condition(Condition.Type.READY))
                .map(Condition::status)
                .contains(Condition.Truth.TRUE);
    }

    @Test
    void reportsThatTheGatewayIsAwayAndBack() {
        // Given
        NetworkId id = new NetworkId("default", "default", "left");
        "abcde".chars().forEach(node -> connect((char) node));
        write(decision(1, 2).admitted(circuit(7, 1, "acde", "edba", null)).of(id));
        awaitSets(id, 5).values().forEach(this::confirm);
        awaitPhase(id, Phase.READY);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(status(id).orElseThrow().condition(Condition.Type.CONTROL_LOST))
                        .isEmpty());

        // When
        gateway.close();

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(status(id).orElseThrow().condition(Condition.Type.CONTROL_LOST))
                        .hasValueSatisfying(lost -> {
                            assertThat(lost.reason()).isEqualTo("GatewayAway");
                            assertThat(lost.message()).startsWith("switch-gateway is away since 20");
                        }));
        assertThat(get(health).body()).contains("switch-gateway is away since 20");
        assertThat(get(ready).statusCode()).isEqualTo(200);

        // And when it is back
        gateway = new GatewayBeats(desk, PARTITIONS);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(status(id).orElseThrow().condition(Condition.Type.CONTROL_LOST))
                        .isEmpty());
    }

    @Test
    void writesNothingNewAfterARestart() {
        // Given
        NetworkId id = new NetworkId("default", "default", "two");
        write(decision(1, 2).admitted(circuit(2, 1, "acde", "edba", null)).of(id));
        awaitSets(id, 5).values().forEach(this::confirm);
        awaitPhase(id, Phase.READY);
        long rules = countOf(Topic.RULES, id);
        long statuses = countOf(Topic.STATUSES, id);

        // When: another instance, of another group, loads the same log
        try (EventLog<FlowShard> second = anotherInstance()) {
            second.start();
            await().atMost(DEADLINE).until(second::isServing);
            // A later decision shows that it has processed everything before it.
            NetworkId marker = new NetworkId("default", "default", "marker");
            write(decision(1, 1)
                    .admitted(withEnds(circuit(9, 1, "ab", "ba", null), end('a', null, null), end('b', null, null)))
                    .of(marker));
            await().atMost(DEADLINE).until(() -> countOf(Topic.STATUSES, marker) >= 2);
        }

        // Then
        assertThat(countOf(Topic.RULES, id)).isEqualTo(rules);
        assertThat(countOf(Topic.STATUSES, id)).isEqualTo(statuses);
    }

    @Test
    void removesAllItsRecordsWhenTheDecisionIsDeleted() {
        // Given
        NetworkId id = new NetworkId("default", "default", "three");
        write(decision(1, 2).admitted(circuit(3, 1, "acde", "edba", null)).of(id));
        awaitSets(id, 5).values().forEach(this::confirm);
        awaitPhase(id, Phase.READY);

        // When
        write(decision(2, 3)
                .withdrawn()
                .retiring(circuit(3, 1, "acde", "edba", null))
                .of(id));

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(sets(id).values()).allMatch(RuleSet::isEmpty));
        sets(id).values().forEach(this::confirm);
        assertThat(awaitPhase(id, Phase.REMOVED).removedCircuits()).containsExactly(3L);

        // When
        desk.write(Topic.PATHS, Partitions.of("default", PARTITIONS), id.toString(), null);

        // Then
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(sets(id)).isEmpty();
            assertThat(desk.state(Topic.STATUSES, NetworkStatus.class)).doesNotContainKey(id.toString());
        });
    }

    @Test
    void replacesALivePathInThreeStages() {
        // Given
        NetworkId id = new NetworkId("default", "default", "edited");
        Circuit old = circuit(11, 1, "acde", "edba", null);
        Circuit next = circuit(12, 2, "abe", "eba", null);
        write(decision(1, 1).admitted(old).of(id));
        awaitSets(id, 5).values().forEach(this::confirm);
        awaitPhase(id, Phase.READY);

        // When: a gateway that confirms everything
        write(decision(2, 2).admitted(next).retiring(old).of(id));
        await().atMost(DEADLINE).untilAsserted(() -> {
            sets(id).values().forEach(this::confirm);
            assertThat(status(id)).map(NetworkStatus::removedCircuits).contains(List.of(11L));
        });

        // Then
        List<Integer> stages = desk.records(Topic.RULES).stream()
                .filter(record -> record.key().equals(dpid('a') + "/" + id))
                .map(record -> revisionOf(record.value()))
                .filter(revision -> revision.step() == 2)
                .map(Revision::stage)
                .toList();
        assertThat(stages).containsExactly(0, 1, 2);
        assertThat(status(id)).map(NetworkStatus::phase).contains(Phase.READY);
        assertThat(sets(id).values().stream().filter(set -> !set.isEmpty()).map(RuleSet::datapathId))
                .containsExactlyInAnyOrder(dpid('a'), dpid('b'), dpid('e'));
    }

    @Test
    void replacesTheRecordsOfAnOwnerThatWakesUpLate() {
        // Given
        NetworkId id = new NetworkId("default", "default", "fought-for");
        Circuit circuit = circuit(13, 1, "acde", "edba", null);
        write(decision(1, 1).admitted(circuit).of(id));
        RuleSet late = awaitSets(id, 5).get(dpid('c'));
        awaitSets(id, 5).values().forEach(this::confirm);
        write(decision(2, 2).withdrawn().retiring(circuit).of(id));
        await().atMost(DEADLINE).until(() -> sets(id).values().stream().allMatch(RuleSet::isEmpty));

        // When
        desk.write(Topic.RULES, Partitions.of(dpid('c'), PARTITIONS), dpid('c') + "/" + id, late);

        // Then
        await().atMost(DEADLINE).untilAsserted(() -> {
            List<Revision> written = desk.records(Topic.RULES).stream()
                    .filter(record -> record.key().equals(dpid('c') + "/" + id))
                    .map(record -> revisionOf(record.value()))
                    .toList();
            assertThat(written)
                    .containsExactly(
                            new Revision(1, 1, 2), new Revision(2, 2, 2), new Revision(1, 1, 2), new Revision(2, 2, 2));
        });
    }

    @Test
    void metersBestEffortAtALinkAsLongAsItHasAShare() {
        // Given: in any order of reading
        NetworkId id = new NetworkId("thin", "default", "shared");
        Circuit circuit = circuit(15, 1, "ab", "ba", null);
        LinkShare share = new LinkShare("thin", dpid('a'), toward('b'), 100_000_000, 20_000_000, 80_000_000);
        desk.write(Topic.LINK_SHARES, Partitions.of("thin", PARTITIONS), share.key(), share);
        write(decision(1, 1).admitted(circuit).of(id));

        // Then
        String link = dpid('a') + "/thin/2";
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(desk.state(Topic.RULES, RuleSet.class).get(link))
                    .extracting(RuleSet::meters)
                    .isEqualTo(List.of(new Meter(65_538, 80_000, 1_600)));
            assertThat(contentOf(sets(id), dpid('a')))
                    .isEqualTo(Compiled.rules(circuit, new SwitchPort(dpid('a'), toward('b'))::equals)
                            .get(dpid('a')));
        });

        // When
        desk.write(Topic.LINK_SHARES, Partitions.of("thin", PARTITIONS), share.key(), null);

        // Then
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(desk.state(Topic.RULES, RuleSet.class).get(link))
                    .extracting(RuleSet::isEmpty)
                    .isEqualTo(true);
            assertThat(contentOf(sets(id), dpid('a')))
                    .isEqualTo(Compiled.rules(circuit).get(dpid('a')));
        });
        confirm(Objects.requireNonNull(desk.state(Topic.RULES, RuleSet.class).get(link)));
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(desk.state(Topic.RULES, RuleSet.class))
                .doesNotContainKey(link));
    }

    @Test
    void keepsTheRulesOfANetworkWhenItsDecisionCannotBeRead() {
        // Given
        NetworkId id = new NetworkId("default", "default", "unreadable");
        write(decision(1, 1).admitted(circuit(14, 1, "ab", "ba", null)).of(id));
        awaitSets(id, 2).values().forEach(this::confirm);
        awaitPhase(id, Phase.READY);

        // When: it can be parsed, but is incomplete
        byte[] half = "{\"id\": \"%s\", \"violations\": [], \"retiring\": [], \"impairments\": [], \"attachments\": []}"
                .formatted(id)
                .getBytes(StandardCharsets.UTF_8);
        desk.write(Topic.PATHS, Partitions.of("default", PARTITIONS), id.toString(), half);

        // Then
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        desk.state(Topic.DEAD_LETTERS, DeadLetter.class).get(id.toString()))
                .extracting(DeadLetter::reason)
                .isEqualTo("The record is not a valid PathDecision: revision is missing."));
        assertThat(sets(id).values()).noneMatch(RuleSet::isEmpty);
    }

    @Test
    void reportsUnreadableRecordsAndContinues() {
        // Given
        String key = new NetworkId("default", "default", "four").toString();
        byte[] nonsense = "{\"id\": 4".getBytes(StandardCharsets.UTF_8);

        // When
        desk.write(Topic.PATHS, Partitions.of("default", PARTITIONS), key, nonsense);

        // Then
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        desk.state(Topic.DEAD_LETTERS, DeadLetter.class).get(key))
                .extracting(DeadLetter::reason)
                .asString()
                .startsWith("The record is not a valid PathDecision"));
        NetworkId id = new NetworkId("default", "default", "five");
        write(decision(1, 1).admitted(circuit(5, 1, "ab", "ba", null)).of(id));
        awaitSets(id, 2);
    }

    @Test
    void exposesItsMetrics() {
        assertThat(get(metrics).body()).contains("vlink_flow_rule_sets_total", "vlink_flow_statuses_total");
    }

    private long countOf(Topic topic, NetworkId id) {
        return desk.records(topic).stream()
                .filter(record -> record.key().endsWith(id.toString()))
                .count();
    }

    private static Revision revisionOf(byte[] ruleSet) {
        try {
            return EventJson.mapper().readValue(ruleSet, RuleSet.class).revision();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventLog<FlowShard> anotherInstance() {
        LogConfig config = new LogConfig(
                "flow-service-again",
                Optional.empty(),
                bootstrapServers,
                PARTITIONS,
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
                        PARTITIONS,
                        Duration.ofMillis(500),
                        new FlowMeters(new SimpleMeterRegistry()),
                        () -> Services.UNKNOWN),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    private void connect(char node) {
        Switch state =
                new Switch(dpid(node), 1, Switch.State.CONNECTED, null, "gateway-1", null, "1.4", null, true, START);
        desk.write(
                Topic.SWITCHES,
                Partitions.of(dpid(node), PARTITIONS),
                dpid(node).toString(),
                state);
    }

    private void write(PathDecision decision) {
        desk.write(
                Topic.PATHS,
                Partitions.of(decision.id().overlay(), PARTITIONS),
                decision.id().toString(),
                decision);
    }

    private void confirm(RuleSet set) {
        RuleState state = RuleState.applied(set.owner(), set.datapathId(), 1, set.revision());
        desk.write(Topic.RULE_STATES, Partitions.of(set.owner().overlay(), PARTITIONS), state.key(), state);
    }

    private Map<DatapathId, RuleSet> awaitSets(NetworkId id, int count) {
        await().atMost(DEADLINE).until(() -> sets(id).size() == count);
        return sets(id);
    }

    private Map<DatapathId, RuleSet> sets(NetworkId id) {
        Map<DatapathId, RuleSet> sets = new HashMap<>();
        desk.state(Topic.RULES, RuleSet.class).values().stream()
                .filter(set -> set.owner().equals(id))
                .forEach(set -> sets.put(set.datapathId(), set));
        return sets;
    }

    private static SwitchRules contentOf(Map<DatapathId, RuleSet> sets, DatapathId datapathId) {
        return Optional.ofNullable(sets.get(datapathId)).map(SwitchRules::of).orElse(SwitchRules.NONE);
    }

    private NetworkStatus awaitPhase(NetworkId id, Phase phase) {
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(status(id)).map(NetworkStatus::phase).contains(phase));
        return status(id).orElseThrow();
    }

    private Optional<NetworkStatus> status(NetworkId id) {
        return desk.state(Topic.STATUSES, NetworkStatus.class).values().stream()
                .filter(status -> status.id().equals(id))
                .findFirst();
    }

    private static HttpResponse<String> get(URI uri) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
