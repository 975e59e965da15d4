package io.vlink.log.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.kafka.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telemetry to a real broker, and to one that is away. */
class TelemetryIT {

    private static final int PARTITIONS = 4;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private Telemetry telemetry;
    private final List<String> written = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    TelemetryIT() {}

    @BeforeEach
    void startAll() throws Exception {
        broker = LocalBroker.start(0, directory);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicSetup.ensure(admin, Topic.COUNTERS, PARTITIONS);
        }
        telemetry = new Telemetry(LogConfigBuilder.of("test-telemetry", broker.bootstrapServers(), PARTITIONS)
                .build());
    }

    @AfterEach
    void stopAll() {
        telemetry.close();
        broker.close();
    }

    @Test
    void sendsToTheGivenPartitionAndReportsWhenKafkaHasTheLastRecord() {
        // When
        telemetry.send(List.of(record(1, "a", "1"), record(1, "a", null)), () -> written.add("a"));
        telemetry.send(List.of(record(2, "b", "2")));
        telemetry.send(List.of(record(1, "c", "3")), () -> written.add("c"));

        // Then
        await().atMost(LONG).until(() -> written.size() == 2);
        assertThat(written).containsExactly("a", "c");
        assertThat(records(1)).containsExactly("a 1", "a null", "c 3");
        await().atMost(LONG).until(() -> !records(2).isEmpty());
        assertThat(records(2)).containsExactly("b 2");
    }

    @Test
    void queuesRecordsWhileKafkaIsAwayAndDropsTheRest() {
        // Given
        int port = Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
        broker.close();

        // When
        long began = System.nanoTime();
        telemetry.send(
                IntStream.range(0, Telemetry.WAITING)
                        .mapToObj(number -> record(1, "k" + number, "1"))
                        .toList(),
                () -> written.add("waited"));
        telemetry.send(List.of(record(1, "too many", "1")), () -> written.add("dropped"));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));

        // When
        broker = LocalBroker.start(port, directory);
        await().atMost(LONG).until(() -> !written.isEmpty());
        telemetry.send(List.of(record(1, "later", "1")), () -> written.add("later"));
        await().atMost(LONG).until(() -> written.contains("later"));

        // Then
        assertThat(written).containsExactly("waited", "later");
        assertThat(records(1))
                .hasSize(Telemetry.WAITING + 1)
                .startsWith("k0 1", "k1 1")
                .endsWith("later 1");
    }

    private static ProducerRecord<String, byte[]> record(int partition, String key, @Nullable String value) {
        return new ProducerRecord<>(
                Topic.COUNTERS.topicName(),
                partition,
                key,
                value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> records(int partition) {
        List<String> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition read = new TopicPartition(Topic.COUNTERS.topicName(), partition);
            consumer.assign(List.of(read));
            consumer.seekToBeginning(List.of(read));
            long end = consumer.endOffsets(List.of(read)).getOrDefault(read, 0L);
            while (consumer.position(read) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> records.add(record.key() + " " + record.value()));
            }
        }
        return records;
    }
}
