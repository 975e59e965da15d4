package io.vlink.log.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.kafka.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists the keys of a topic on a real broker. */
class KeyCensusIT {

    private static final int PARTITIONS = 4;

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private final BlockingQueue<Set<String>> answers = new LinkedBlockingQueue<>();
    private final List<KeyCensus> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    KeyCensusIT() {}

    @BeforeEach
    void startBroker() {
        broker = LocalBroker.start(0, directory);
    }

    @AfterEach
    void stopAll() {
        open.forEach(KeyCensus::close);
        broker.close();
    }

    @Test
    void listsThePresentKeysAndJoinsNoGroup() throws Exception {
        // Given
        KeyCensus census = census();
        try (Admin admin = admin()) {
            TopicSetup.ensure(admin, Topic.COUNTERS, PARTITIONS);
        }
        produce(1, "a", "1");
        produce(1, "b", "1");
        produce(1, "c", "1");
        produce(1, "b", null);
        produce(2, "of another", "1");
        census.start();

        // When
        census.ask(1, answers::add);

        // Then
        assertThat(answer()).containsExactlyInAnyOrder("a", "c");

        // When
        produce(1, "a", null);
        produce(1, "b", "2");
        census.ask(1, answers::add);
        census.ask(0, answers::add);

        // Then
        assertThat(List.of(answer(), answer())).containsExactlyInAnyOrder(Set.of("b", "c"), Set.of());
        try (Admin admin = admin()) {
            assertThat(admin.listGroups().all().get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void waitsWhileKafkaIsAway() throws Exception {
        // Given
        try (Admin admin = admin()) {
            TopicSetup.ensure(admin, Topic.COUNTERS, PARTITIONS);
        }
        produce(1, "a", "1");
        int port = Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
        KeyCensus census = census("default.api.timeout.ms", "1000", "request.timeout.ms", "1000");
        broker.close();
        census.start();

        // When
        census.ask(1, answers::add);
        assertThat(answers.poll(2, TimeUnit.SECONDS)).isNull();
        broker = LocalBroker.start(port, directory);

        // Then
        assertThat(answer()).containsExactly("a");
    }

    @Test
    void closesAtOnceAlthoughKafkaIsAway() {
        // Given
        KeyCensus census = census();
        broker.close();
        census.start();
        census.ask(1, answers::add);
        await().until(census::isReading);

        // When
        long began = System.nanoTime();
        census.close();

        // Then: Kafka's client waits for 60 s
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(answers).isEmpty();
    }

    private KeyCensus census(String... client) {
        Map<String, String> properties =
                client.length == 0 ? Map.of() : Map.of(client[0], client[1], client[2], client[3]);
        KeyCensus census = new KeyCensus(
                LogConfigBuilder.of("test-census", broker.bootstrapServers(), PARTITIONS)
                        .client(properties)
                        .build(),
                Topic.COUNTERS);
        open.add(census);
        return census;
    }

    private Set<String> answer() throws InterruptedException {
        Set<String> answer = answers.poll(20, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("There was no answer.");
        }
        return answer;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private void produce(int partition, String key, @Nullable String value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topic.COUNTERS.topicName(), partition, key, value))
                    .get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
