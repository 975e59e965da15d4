package io.vlink.log.halting;

import static io.vlink.log.LogsOnABroker.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Topic;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.LogsOnABroker;
import io.vlink.log.OnLoss;
import io.vlink.log.RecordingShard;
import io.vlink.log.serving.EventLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite id on a real broker whose records are compacted or deleted. */
class TruncationIT {

    private static final int PARTITIONS = 2;

    @TempDir
    private Path directory;

    private LogsOnABroker logs;
    private Admin admin;

    @SuppressWarnings("NullAway.Init")
    TruncationIT() {}

    @BeforeEach
    void startBroker() {
        logs = new LogsOnABroker(directory, PARTITIONS);
        admin = Admin.create(logs.client());
    }

    @AfterEach
    void stopAll() throws Exception {
        admin.close(Duration.ZERO);
        logs.close();
    }

    @Test
    void compactionKeepsTheSuiteAndTruncationChangesIt() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.RELOAD);
        String before = suite();

        // When: records are compacted, by a cleaner that does not pause for 15 s when idle
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.BROKER, ""),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("log.cleaner.backoff.ms", "200"), AlterConfigOp.OpType.SET))))
                .all()
                .get(60, TimeUnit.SECONDS);
        set(Topic.NODES, Map.of("segment.ms", "50", "min.cleanable.dirty.ratio", "0.01", "min.compaction.lag.ms", "0"));
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    for (int i = 0; i < 50; i++) {
                        logs.produce(Topic.NODES, 0, "default/node-a", "value " + i);
                    }
                    return offsets(Topic.NODES).size() < end(Topic.NODES) / 2;
                });

        // Then: the first remaining record has a later offset, but the topic's beginning is unchanged
        assertThat(offsets(Topic.NODES).getFirst()).isPositive();
        assertThat(begin(Topic.NODES)).isZero();
        assertThat(suite()).isEqualTo(before);

        // And: a state topic cannot be truncated while its only policy is compaction
        RecordsToDelete half = RecordsToDelete.beforeOffset(end(Topic.NODES) - 1);
        TopicPartition nodes = new TopicPartition(Topic.NODES.topicName(), 0);
        assertThat(admin.deleteRecords(Map.of(nodes, half)).all())
                .failsWithin(PLENTY)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(PolicyViolationException.class);

        // When: the policy changes; the broker accepts the setting before it applies it
        set(Topic.NODES, Map.of("cleanup.policy", "delete"));
        await().atMost(PLENTY)
                .ignoreExceptionsMatching(e -> e.getCause() instanceof PolicyViolationException)
                .untilAsserted(
                        () -> admin.deleteRecords(Map.of(nodes, half)).all().get(60, TimeUnit.SECONDS));

        // Then
        await().atMost(PLENTY).until(() -> !suite().equals(before));
        await().atMost(PLENTY).until(log::isServing);
    }

    private LogConfigBuilder config(OnLoss onLoss) {
        return logs.config("test-log")
                .owned(Topic.NODES, Topic.LINKS)
                .outputs(Topic.LINKS)
                .whole(Topic.PORTS)
                .fenced(true)
                .onLoss(onLoss);
    }

    private EventLog<RecordingShard> serve(OnLoss onLoss) {
        return logs.serve(config(onLoss).build());
    }

    private String suite() {
        return logs.newest(0).suite.get();
    }

    private void set(Topic topic, Map<String, String> settings) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
                        settings.entrySet().stream()
                                .map(one -> new AlterConfigOp(
                                        new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
                                .toList()))
                .all()
                .get(60, TimeUnit.SECONDS);
    }

    private long begin(Topic topic) {
        return span(topic).begin();
    }

    private long end(Topic topic) {
        return span(topic).end();
    }

    private DataIdentity.OffsetRange span(Topic topic) {
        try (var watch = new TopicWatch(config(OnLoss.RELOAD).build())) {
            return Objects.requireNonNull(
                    Objects.requireNonNull(watch.see().spans().get(topic)).get(0));
        }
    }

    /** The remaining offsets. */
    private List<Long> offsets(Topic topic) {
        return logs.read(topic, 0, "read_uncommitted").stream()
                .map(ConsumerRecord::offset)
                .toList();
    }
}
