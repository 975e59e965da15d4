package io.vlink.networkapi;

import io.vlink.events.Topic;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import io.vlink.log.Partitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A plain Kafka client that knows only the topics and JSON of this service. Used by one thread. */
public final class KafkaUser implements AutoCloseable {

    private static final int PARTITIONS = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    /** Reads the topics from their current end. */
    public KafkaUser(String bootstrapServers, Topic... topics) {
        this.bootstrapServers = bootstrapServers;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0, "max.request.size", 16 * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : topics) {
            for (int p = 0; p < PARTITIONS; p++) {
                all.add(new TopicPartition(topic.topicName(), p));
            }
        }
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /** Writes a record and returns its place. */
    public RecordMetadata produce(Topic topic, int partition, @Nullable String key, byte @Nullable [] value) {
        try {
            return producer.send(
                            new ProducerRecord<>(topic.topicName(), partition, key, value, Forms.NEWEST.headers(topic)))
                    .get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError("Kafka did not take it", e);
        }
    }

    /** Writes a record with a key that is not text. */
    public RecordMetadata produceRaw(Topic topic, int partition, byte @Nullable [] key, byte[] value) {
        try (var raw = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 16 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            return raw.send(new ProducerRecord<>(topic.topicName(), partition, key, value))
                    .get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError("Kafka did not take it", e);
        }
    }

    /** Writes an event as another service of the suite would. */
    public void publish(Topic topic, String overlay, String key, Object event) {
        RecordMetadata unused = produce(topic, partition(overlay), key, EventJson.write(event));
    }

    public Throwable refusal(Topic topic, byte[] value) {
        try {
            return new AssertionError("Kafka took it: "
                    + producer.send(new ProducerRecord<>(topic.topicName(), 0, null, value))
                            .get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    public static int partition(String overlay) {
        return Partitions.of(overlay, PARTITIONS);
    }

    /** Returns the first matching record of a topic since this client was made. */
    public ConsumerRecord<String, byte[]> await(Topic topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return await(List.of(topic), wanted);
    }

    /** Returns the first matching record of several topics. */
    public ConsumerRecord<String, byte[]> await(List<Topic> topics, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        List<String> names = topics.stream().map(Topic::topicName).toList();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            for (ConsumerRecord<String, byte[]> record : seen) {
                if (names.contains(record.topic()) && wanted.test(record)) {
                    return record;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("No matching record on %s; seen: %s".formatted(names, seen));
            }
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
    }

    /** Returns all records seen so far. */
    public List<ConsumerRecord<String, byte[]>> seen(Topic topic) {
        return seen.stream()
                .filter(record -> record.topic().equals(topic.topicName()))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
