package io.vlink.path.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import io.vlink.log.Outbox;
import io.vlink.log.schema.UnreadableEvent;
import io.vlink.path.decision.PathSettings;
import io.vlink.upgrade.RecordedSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions of an earlier build stand: traffic uses their labels, numbers and ports. */
class RecordedDecisionsTest {

    private static final Set<Topic> READ = EnumSet.of(
            Topic.NODES,
            Topic.LINKS,
            Topic.LINK_STATES,
            Topic.PORTS,
            Topic.NETWORKS,
            Topic.ATTACHMENTS,
            Topic.STATUSES,
            Topic.PATHS,
            Topic.RESTING);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofHours(1);

    private final RecordedSuite recorded = RecordedSuite.of(RecordedSuite.OLDEST);
    private final PathShard shard = new PathShard(
            0,
            recorded.partitions(),
            new PathSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60), 0),
            new DecisionWriter(new SimpleMeterRegistry()),
            (partition, shard) -> {});

    @ParameterizedTest
    @MethodSource("generations")
    void keepsTheLabelsOfReadyNetworks(int generation) throws UnreadableEvent {
        // Given
        Map<String, PathDecision> decisions = recorded.state(PathDecision.TOPIC);
        Set<String> ready = ready();
        assertThat(ready).hasSizeGreaterThan(900);

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn(generation);

        // Then
        for (ProducerRecord<String, byte[]> record : written) {
            if (record.topic().equals(Topic.PATHS.topicName()) && ready.contains(record.key())) {
                assertThat(record.value()).as(record.key()).isNotNull();
                assertThat(holdings(after(record, generation)))
                        .as(record.key())
                        .isEqualTo(holdings(before(decisions, record)));
            }
        }
    }

    /** Until the upgrade is finalised, the earlier build must be able to read new records. */
    static IntStream generations() {
        return IntStream.rangeClosed(0, Topic.generation());
    }

    @Test
    void decidesAgainOnlyAboutNetworksInTransition() throws UnreadableEvent {
        // Given
        Set<String> ready = ready();

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn(Topic.generation());

        // Then: each decision at most once more, as hops now record the links' names for ports
        Map<String, Integer> times = new HashMap<>();
        written.stream()
                .filter(record -> record.topic().equals(Topic.PATHS.topicName()))
                .forEach(record -> times.merge(record.key(), 1, Integer::sum));
        assertThat(times)
                .allSatisfy((network, count) ->
                        assertThat(count).as(network).isLessThanOrEqualTo(ready.contains(network) ? 1 : 3));
        Map<String, PathDecision> decisions = recorded.state(PathDecision.TOPIC);
        for (ProducerRecord<String, byte[]> record : written) {
            if (record.topic().equals(Topic.PATHS.topicName()) && ready.contains(record.key())) {
                PathDecision before = before(decisions, record);
                PathDecision now = after(record, Topic.generation());
                assertThat(now.outcome()).as(record.key()).isEqualTo(before.outcome());
                assertThat(now.revision().generation())
                        .as(record.key())
                        .isEqualTo(before.revision().generation());
                assertThat(now.impairments()).as(record.key()).isEqualTo(before.impairments());
            }
        }
    }

    /** Shares are not written for earlier builds, which could not read the records derived from them. */
    @ParameterizedTest
    @MethodSource("generations")
    void writesSharesOnceTheSuiteIsFinalised(int generation) {
        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn(generation);

        // Then
        List<ProducerRecord<String, byte[]>> shares = written.stream()
                .filter(record -> record.topic().equals(Topic.LINK_SHARES.topicName()))
                .toList();
        assertThat(shares.isEmpty()).isEqualTo(generation == 0);
        if (!shares.isEmpty()) {
            // Before any decision: shares are lowered before the bandwidth is granted.
            assertThat(written.getFirst().topic()).isEqualTo(Topic.LINK_SHARES.topicName());
        }
    }

    /** Loads all records, and goes on while there is something to do, for one hour at most. */
    private List<ProducerRecord<String, byte[]>> startAndGoOn(int generation) {
        shard.finalisedFor(generation);
        recorded.of(READ).forEach(shard::on);
        recorded.ends().forEach((topic, end) -> {
            if (READ.contains(topic)) {
                shard.endsAt(topic, end);
            }
        });
        shard.loaded();
        List<ProducerRecord<String, byte[]>> written = new ArrayList<>();
        Instant end = recorded.at().plus(LATER);
        Instant now = recorded.at().plus(SOON);
        while (now != null && now.isBefore(end)) {
            Outbox out = new Outbox(recorded.partitions(), "path-service", Forms.of(generation));
            Instant next = shard.act(out, now);
            written.addAll(out.records());
            now = next == null || next.isAfter(now) ? next : now.plusMillis(1);
        }
        return written;
    }

    private Set<String> ready() throws UnreadableEvent {
        Set<String> ready = new LinkedHashSet<>();
        Map<String, PathDecision> decisions = recorded.state(PathDecision.TOPIC);
        for (Map.Entry<String, NetworkStatus> status :
                recorded.state(NetworkStatus.TOPIC).entrySet()) {
            PathDecision decision = Objects.requireNonNull(decisions.get(status.getKey()), status.getKey());
            if (status.getValue().phase() == Phase.READY && decision.retiring().isEmpty()) {
                ready.add(status.getKey());
            }
        }
        return ready;
    }

    /** Returns all circuits of a decision as this build writes them, without the links' names for ports, which earlier builds did not record. */
    private static List<JsonNode> holdings(PathDecision decision) {
        return Stream.concat(
                        Stream.ofNullable(decision.current()),
                        decision.retiring().stream().map(CircuitRemoval::circuit))
                .map(circuit -> withoutLocators(EventJson.mapper().valueToTree(circuit)))
                .toList();
    }

    private static JsonNode withoutLocators(JsonNode tree) {
        if (tree instanceof ObjectNode object && object.hasNonNull("lane")) {
            object.put("lane", object.get("lane").asText().replaceAll("/[^/=]*=", "/="));
        }
        tree.forEach(RecordedDecisionsTest::withoutLocators);
        return tree;
    }

    private static PathDecision before(Map<String, PathDecision> decisions, ProducerRecord<String, byte[]> record) {
        return Objects.requireNonNull(decisions.get(record.key()), record.key());
    }

    private static PathDecision after(ProducerRecord<String, byte[]> record, int generation) throws UnreadableEvent {
        int schema = Topic.PATHS.schemaIn(generation);
        return EventJson.read(
                new Entry(Topic.PATHS, 0, 0, Instant.EPOCH, record.key(), record.value(), null, schema),
                PathDecision.class);
    }
}
