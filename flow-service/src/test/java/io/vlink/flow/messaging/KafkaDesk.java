package io.vlink.flow.messaging;

import io.vlink.events.Topic;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Acts as the other services: writes to topics and reads their contents. */
final class KafkaDesk implements AutoCloseable {

    private final String bootstrapServers;
    private final int partitions;
    private final KafkaProducer<String, byte[]> producer;

    KafkaDesk(String bootstrapServers, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void write(Topic topic, int partition, String key, @Nullable Object event) {
        byte[] value =
                switch (event) {
                    case null -> null;
                    case byte[] bytes -> bytes;
                    default -> EventJson.write(event);
                };
        try {
            producer.send(new ProducerRecord<>(topic.topicName(), partition, key, value, Forms.NEWEST.headers(topic)))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns every record of a topic, tombstones as null, in order within each key. */
    List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(p -> new TopicPartition(topic.topicName(), p))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(tp -> consumer.position(tp) < ends.getOrDefault(tp, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Returns the contents of a topic: the last record of each key, without deleted ones. */
    <T> Map<String, T> state(Topic topic, Class<T> type) {
        Map<String, T> state = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records(topic)) {
            byte[] value = record.value();
            if (value == null) {
                state.remove(record.key());
            } else {
                try {
                    state.put(record.key(), EventJson.mapper().readValue(value, type));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return state;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
