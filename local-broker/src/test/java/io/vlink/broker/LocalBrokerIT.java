package io.vlink.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LocalBrokerIT {
    private static final String TOPIC = "letters";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @Test
    void keepsClusterIdTopicsAndRecordsAcrossARestart() throws Exception {
        // Given
        String clusterId;
        try (var broker = LocalBroker.start(0, directory)) {
            createTopic(broker);
            clusterId = clusterId(broker);
            try (var producer = producer(broker, Map.of())) {
                producer.send(new ProducerRecord<>(TOPIC, "before")).get();
            }
        }

        // When
        try (var broker = LocalBroker.start(0, directory)) {
            // Then
            assertThat(clusterId(broker)).isEqualTo(clusterId);

            // When
            try (var producer = producer(broker, Map.of())) {
                producer.send(new ProducerRecord<>(TOPIC, "after")).get();
            }

            // Then
            assertThat(read(broker, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void showsOnlyCommittedTransactionsAndFencesTheLateWriter() throws Exception {
        try (var broker = LocalBroker.start(0, directory)) {
            // Given
            createTopic(broker);
            var writer = Map.of("transactional.id", "writer-0");
            try (var late = producer(broker, writer);
                    var next = producer(broker, writer)) {
                late.initTransactions();
                late.beginTransaction();
                late.send(new ProducerRecord<>(TOPIC, "never committed")).get();

                // When
                next.initTransactions();
                next.beginTransaction();
                next.send(new ProducerRecord<>(TOPIC, "committed")).get();
                next.commitTransaction();

                // Then
                assertThatThrownBy(late::commitTransaction).isInstanceOf(ProducerFencedException.class);
                assertThat(read(broker, 1)).containsExactly("committed");
            }
        }
    }

    @Test
    void acceptsRecordsOfTwoMebibytes() throws Exception {
        try (var broker = LocalBroker.start(0, directory)) {
            createTopic(broker);
            var large = "x".repeat(2 * 1024 * 1024);
            try (var producer = producer(broker, Map.of("max.request.size", "4194304"))) {
                producer.send(new ProducerRecord<>(TOPIC, large)).get();
            }
            assertThat(read(broker, 1)).containsExactly(large);
        }
    }

    @Test
    void createsNoTopicByItself() throws Exception {
        try (var broker = LocalBroker.start(0, directory);
                var producer = producer(broker, Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("misspelt", "x")).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void namesATakenPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalBroker.start(taken.getLocalPort(), directory))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    private static void createTopic(LocalBroker broker) throws Exception {
        try (var admin = Admin.create(properties(broker, Map.of()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static String clusterId(LocalBroker broker) throws Exception {
        try (var admin = Admin.create(properties(broker, Map.of()))) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static KafkaProducer<String, String> producer(LocalBroker broker, Map<String, String> more) {
        var properties = properties(broker, Map.of("linger.ms", "0", "acks", "all"));
        properties.putAll(more);
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** Subscribes as a service does, which also tests group coordination. */
    private static List<String> read(LocalBroker broker, int count) {
        var properties = properties(
                broker,
                Map.of(
                        "group.id", "readers",
                        "session.timeout.ms", "3000",
                        "heartbeat.interval.ms", "1000",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed"));
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            var end = System.nanoTime() + DEADLINE.toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private static Properties properties(LocalBroker broker, Map<String, String> more) {
        var properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.putAll(more);
        return properties;
    }
}
