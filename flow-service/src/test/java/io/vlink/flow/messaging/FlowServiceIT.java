package io.vlink.flow.messaging;

import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.sample.Sample.toward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.fixtures.BrokerResource;
import io.vlink.flow.sample.Compiled;
import io.vlink.log.Partitions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the running service on a real broker; the test acts as path-service and gateway. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class FlowServiceIT {

    @TestHTTPResource("/q/health/ready")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI ready;

    @TestHTTPResource("/q/metrics")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI metrics;

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
    void turnsADecisionIntoRulesAndConfirmationsIntoAStatus() {
        // Given
        NetworkId id = new NetworkId("default", "default", "one");
        for (char node : "abcde".toCharArray()) {
            peers.connect(node);
        }

        // When
        peers.write(decision(1, 2).admitted(guide()).of(id));

        // Then
        Map<DatapathId, RuleSet> sets = peers.awaitSets(id, 5);
        Compiled.rules(guide()).forEach((datapathId, rules) -> assertThat(Peers.contentOf(sets, datapathId))
                .isEqualTo(rules));
        peers.awaitPhase(id, Phase.PROGRAMMING);

        // When
        sets.values().forEach(peers::confirm);

        // Then
        NetworkStatus status = peers.awaitPhase(id, Phase.READY);
        assertThat(status.forward()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(status.reverse()).containsExactly("node-e", "node-d", "node-b", "node-a");
        assertThat(status.condition(Condition.Type.READY))
                .map(Condition::status)
                .contains(Condition.Truth.TRUE);
    }

    @Test
    void removesAllItsRecordsWhenTheDecisionIsDeleted() {
        // Given
        NetworkId id = new NetworkId("default", "default", "three");
        peers.write(decision(1, 2).admitted(circuit(3, 1, "acde", "edba", null)).of(id));
        peers.awaitSets(id, 5).values().forEach(peers::confirm);
        peers.awaitPhase(id, Phase.READY);

        // When
        peers.write(decision(2, 3)
                .withdrawn()
                .removing(circuit(3, 1, "acde", "edba", null))
                .of(id));

        // Then
        await().atMost(Peers.DEADLINE)
                .untilAsserted(() -> assertThat(peers.sets(id).values()).allMatch(RuleSet::isEmpty));
        peers.sets(id).values().forEach(peers::confirm);
        assertThat(peers.awaitPhase(id, Phase.REMOVED).removedCircuits()).containsExactly(3L);

        // When
        peers.desk.write(Topic.PATHS, Partitions.of("default", Peers.PARTITIONS), id.toString(), null);

        // Then
        await().atMost(Peers.DEADLINE).untilAsserted(() -> {
            assertThat(peers.sets(id)).isEmpty();
            assertThat(peers.desk.state(Topic.STATUSES, NetworkStatus.class)).doesNotContainKey(id.toString());
        });
    }

    @Test
    void replacesALivePathInThreeStages() {
        // Given
        NetworkId id = new NetworkId("default", "default", "edited");
        Circuit old = circuit(11, 1, "acde", "edba", null);
        Circuit next = circuit(12, 2, "abe", "eba", null);
        peers.write(decision(1, 1).admitted(old).of(id));
        peers.awaitSets(id, 5).values().forEach(peers::confirm);
        peers.awaitPhase(id, Phase.READY);

        // When: a gateway that confirms everything
        peers.write(decision(2, 2).admitted(next).removing(old).of(id));
        await().atMost(Peers.DEADLINE).untilAsserted(() -> {
            peers.sets(id).values().forEach(peers::confirm);
            assertThat(peers.status(id)).map(NetworkStatus::removedCircuits).contains(List.of(11L));
        });

        // Then
        List<Integer> stages = peers.desk.records(Topic.RULES).stream()
                .filter(record -> record.key().equals(dpid('a') + "/" + id))
                .map(record -> Peers.revisionOf(record.value()))
                .filter(revision -> revision.step() == 2)
                .map(Revision::stage)
                .toList();
        assertThat(stages).containsExactly(0, 1, 2);
        assertThat(peers.status(id)).map(NetworkStatus::phase).contains(Phase.READY);
        assertThat(peers.sets(id).values().stream()
                        .filter(set -> !set.isEmpty())
                        .map(RuleSet::datapathId))
                .containsExactlyInAnyOrder(dpid('a'), dpid('b'), dpid('e'));
    }

    @Test
    void metersBestEffortAtALinkAsLongAsItHasAShare() {
        // Given: in any order of reading
        NetworkId id = new NetworkId("thin", "default", "shared");
        Circuit circuit = circuit(15, 1, "ab", "ba", null);
        LinkShare share = new LinkShare("thin", dpid('a'), toward('b'), 100_000_000, 20_000_000, 80_000_000);
        peers.desk.write(Topic.LINK_SHARES, Partitions.of("thin", Peers.PARTITIONS), share.key(), share);
        peers.write(decision(1, 1).admitted(circuit).of(id));

        // Then
        String link = dpid('a') + "/thin/2";
        await().atMost(Peers.DEADLINE).untilAsserted(() -> {
            assertThat(peers.desk.state(Topic.RULES, RuleSet.class).get(link))
                    .extracting(RuleSet::meters)
                    .isEqualTo(List.of(new Meter(65_538, 80_000, 1_600)));
            assertThat(Peers.contentOf(peers.sets(id), dpid('a')))
                    .isEqualTo(Compiled.rules(circuit, new SwitchPort(dpid('a'), toward('b'))::equals)
                            .get(dpid('a')));
        });

        // When
        peers.desk.write(Topic.LINK_SHARES, Partitions.of("thin", Peers.PARTITIONS), share.key(), null);

        // Then
        await().atMost(Peers.DEADLINE).untilAsserted(() -> {
            assertThat(peers.desk.state(Topic.RULES, RuleSet.class).get(link))
                    .extracting(RuleSet::isEmpty)
                    .isEqualTo(true);
            assertThat(Peers.contentOf(peers.sets(id), dpid('a')))
                    .isEqualTo(Compiled.rules(circuit).get(dpid('a')));
        });
        peers.confirm(Objects.requireNonNull(
                peers.desk.state(Topic.RULES, RuleSet.class).get(link)));
        await().atMost(Peers.DEADLINE).untilAsserted(() -> assertThat(peers.desk.state(Topic.RULES, RuleSet.class))
                .doesNotContainKey(link));
    }

    @Test
    void exposesItsMetrics() {
        assertThat(get(metrics).body()).contains("vlink_flow_rule_sets_total", "vlink_flow_statuses_total");
    }

    private static HttpResponse<String> get(URI uri) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
