package io.vlink.log.halting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.events.services.Services;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.RecordingShard;
import io.vlink.log.Vitals;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.serving.EventLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs on a real broker whose data changes. */
class LossIT {

    private static final int PARTITIONS = 2;
    private static final Duration PLENTY = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private Admin admin;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<RecordingShard> shards = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    LossIT() {}

    @BeforeEach
    void startBroker() {
        broker = LocalBroker.start(0, directory);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        admin.close(Duration.ZERO);
        broker.close();
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
                .get(10, TimeUnit.SECONDS);
        set(Topic.NODES, Map.of("segment.ms", "50", "min.cleanable.dirty.ratio", "0.01", "min.compaction.lag.ms", "0"));
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    for (int i = 0; i < 50; i++) {
                        produce(Topic.NODES, "default/node-a", "value " + i);
                    }
                    return read(Topic.NODES).size() < end(Topic.NODES) / 2;
                });

        // Then: the first remaining record has a later offset, but the topic's beginning is unchanged
        assertThat(read(Topic.NODES).getFirst()).isPositive();
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
                        () -> admin.deleteRecords(Map.of(nodes, half)).all().get(10, TimeUnit.SECONDS));

        // Then
        await().atMost(PLENTY).until(() -> !suite().equals(before));
        await().atMost(PLENTY).until(log::isServing);
    }

    @Test
    void haltsWhenATopicIsRecreatedAndContinuesOnceAGatewayWorksWithIt() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);
        String before = suite();
        log.heard(DataLossCheckTest.gateways(before, null));
        produce(Topic.NODES, "default/node-a", "1");
        produce(Topic.PORTS, "port", "known");
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.ports port=known"));
        int made = shards.size();

        // When
        admin.deleteTopics(List.of(Topic.NODES.topicName(), Topic.PORTS.topicName()))
                .all()
                .get(10, TimeUnit.SECONDS);

        // Then
        await().atMost(PLENTY).until(() -> log.halted() != null);
        assertThat(log.halted()).contains("The topic vlink.nodes is gone since ", "./vlink suite");
        assertThat(log.vitals("log").halted()).isEqualTo(log.halted());
        await().atMost(PLENTY).until(() -> !log.isServing());
        await().atMost(PLENTY).untilAsserted(() -> assertThat(shards)
                .allSatisfy(shard -> assertThat(shard.closed).isTrue()));

        // When: another service creates it again
        TopicSetup.ensure(admin, config(OnLoss.NOTHING));

        // Then
        await().atMost(PLENTY).until(() -> String.valueOf(log.halted()).contains("vlink.nodes was recreated"));
        assertThat(shards.stream().skip(made))
                .noneSatisfy(shard -> assertThat(shard.loaded).isTrue());
        String after = see();
        assertThat(after).isNotEqualTo(before);

        // When
        log.heard(DataLossCheckTest.gateways(after, null));

        // Then: no former data is left, not even of the topics that are read whole
        await().atMost(PLENTY).until(log::isServing);
        assertThat(log.halted()).isNull();
        assertThat(suite()).isEqualTo(after);
        assertThat(last().seen).doesNotContain("vlink.nodes default/node-a=1", "vlink.ports port=known");
        produce(Topic.PORTS, "port", "new");
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.ports port=new"));
    }

    @Test
    void doesNotHaltWhileKafkaIsAway() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);
        String before = suite();
        int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));

        // When
        broker.close();
        await().atMost(PLENTY).until(() -> {
            Duration silence = log.vitals("log").silence();
            return silence != null && silence.compareTo(Vitals.TOO_SILENT) > 0;
        });
        broker = LocalBroker.start(port, directory);
        await().atMost(PLENTY).ignoreExceptions().until(() -> see().equals(before));

        // Then
        produce(Topic.NODES, "default/node-b", "2");
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.nodes default/node-b=2"));
        await().atMost(PLENTY).until(() -> suite().equals(before)); // reloaded, if the group removed the member
        assertThat(log.halted()).isNull();
    }

    @Test
    void reloadsARecreatedTopicThatOnlyServicesUse() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);
        produce(Topic.PORTS, "port", "known");
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.ports port=known"));

        // When
        admin.deleteTopics(List.of(Topic.PORTS.topicName())).all().get(10, TimeUnit.SECONDS);

        // Then
        await().atMost(PLENTY)
                .until(() -> admin.listTopics().names().get().contains(Topic.PORTS.topicName())
                        && log.isServing()
                        && !last().seen.contains("vlink.ports port=known"));
        produce(Topic.PORTS, "port", "new");
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.ports port=new"));
        assertThat(log.halted()).isNull();
    }

    @Test
    void aStaticMemberServesAgainAfterKafkaWasEmptied() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.RELOAD, Optional.of("static-0"));
        String before = suite();
        int made = shards.size();
        int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));

        // When
        broker.close();
        Path other = Files.createDirectory(directory.resolveSibling(directory.getFileName() + "-emptied"));
        broker = LocalBroker.start(port, other);

        // Then
        await().atMost(Duration.ofSeconds(40))
                .until(() -> shards.size() > made
                        && last().loaded.get()
                        && !last().closed.get());
        assertThat(log.isServing()).isTrue();
        assertThat(suite()).isNotEqualTo(before);
    }

    @Test
    void aStandaloneLogHaltsLikewiseAndForgetsTheFormerData() throws Exception {
        // Given
        AtomicReference<Services> services = new AtomicReference<>(Services.UNKNOWN);
        AtomicBoolean doubted = new AtomicBoolean();
        List<String> seen = new CopyOnWriteArrayList<>();
        WholeLog.WholeLogReader reader = new WholeLog.WholeLogReader() {
            @Override
            public Set<Topic> topics() {
                return Set.of(Topic.NODES);
            }

            @Override
            public void on(List<Entry> batch) {
                batch.forEach(entry -> seen.add(entry.key() + "=" + new String(entry.value(), UTF_8)));
            }

            @Override
            public void loaded() {
                seen.add("loaded");
            }

            @Override
            public void doubted() {
                doubted.set(true);
            }

            @Override
            public void again() {
                seen.clear();
            }
        };
        LogConfig alone = new LogConfig(
                "test-view",
                Optional.empty(),
                broker.bootstrapServers(),
                PARTITIONS,
                List.of(),
                List.of(),
                List.of(Topic.NODES),
                false,
                OnLoss.HALT,
                List.of(),
                Map.of());
        WholeLog log = new WholeLog(alone, reader, services::get, Clock.systemUTC(), new SimpleMeterRegistry());
        log.start();
        open.add(log);
        await().atMost(PLENTY).until(log::isLoaded);
        produce(Topic.NODES, "default/node-a", "1");
        await().atMost(PLENTY).until(() -> seen.contains("default/node-a=1"));
        String before = see();

        // When
        admin.deleteTopics(List.of(Topic.NODES.topicName())).all().get(10, TimeUnit.SECONDS);

        // Then
        await().atMost(PLENTY).until(() -> doubted.get() && log.halted() != null);
        assertThat(log.halted()).contains("The topic vlink.nodes is gone since ", "./vlink suite");
        assertThat(seen).contains("default/node-a=1");

        // When: another service creates it again, and a gateway works with it
        TopicSetup.ensure(admin, config(OnLoss.NOTHING));
        produce(Topic.NODES, "default/node-b", "2");
        assertThat(see()).isNotEqualTo(before);
        services.set(DataLossCheckTest.gateways(see(), null));

        // Then
        await().atMost(PLENTY).until(() -> seen.equals(List.of("default/node-b=2", "loaded")));
        await().atMost(PLENTY).until(log::isLoaded);
        assertThat(log.halted()).isNull();
    }

    private LogConfig config(OnLoss onLoss) {
        return config(onLoss, Optional.empty());
    }

    private LogConfig config(OnLoss onLoss, Optional<String> instance) {
        return new LogConfig(
                "test-log",
                instance,
                broker.bootstrapServers(),
                PARTITIONS,
                List.of(Topic.NODES, Topic.LINKS),
                List.of(Topic.LINKS),
                List.of(Topic.PORTS),
                true,
                onLoss,
                List.of(),
                Map.of());
    }

    private EventLog<RecordingShard> serve(OnLoss onLoss) {
        return serve(onLoss, Optional.empty());
    }

    private EventLog<RecordingShard> serve(OnLoss onLoss, Optional<String> instance) {
        LogConfig config = config(onLoss, instance);
        var log = new EventLog<>(
                config,
                (partition, epoch) -> {
                    var shard = new RecordingShard(config, partition, epoch);
                    shards.add(shard);
                    return shard;
                },
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        log.heard(Services.UNKNOWN);
        log.start();
        open.add(log);
        await().atMost(PLENTY).until(log::isServing);
        return log;
    }

    /** The newest shard of partition 0. */
    private RecordingShard last() {
        return shards.reversed().stream()
                .filter(shard -> shard.partition == 0)
                .findFirst()
                .orElseThrow();
    }

    private String suite() {
        return last().suite.get();
    }

    private String see() {
        try (var watch = new TopicWatch(config(OnLoss.RELOAD))) {
            return watch.see().suite();
        }
    }

    private void set(Topic topic, Map<String, String> settings) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
                        settings.entrySet().stream()
                                .map(one -> new AlterConfigOp(
                                        new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
                                .toList()))
                .all()
                .get(10, TimeUnit.SECONDS);
    }

    private long begin(Topic topic) {
        return span(topic).begin();
    }

    private long end(Topic topic) {
        return span(topic).end();
    }

    private DataIdentity.OffsetRange span(Topic topic) {
        try (var watch = new TopicWatch(config(OnLoss.RELOAD))) {
            return Objects.requireNonNull(
                    Objects.requireNonNull(watch.see().spans().get(topic)).get(0));
        }
    }

    private void produce(Topic topic, String key, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), 0, key, value))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    /** The remaining offsets. */
    private List<Long> read(Topic topic) {
        List<Long> offsets = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition of = new TopicPartition(topic.topicName(), 0);
            consumer.assign(List.of(of));
            consumer.seekToBeginning(List.of(of));
            long end = consumer.endOffsets(List.of(of)).getOrDefault(of, 0L);
            while (consumer.position(of) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> offsets.add(record.offset()));
            }
        }
        return offsets;
    }
}
