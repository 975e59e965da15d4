package io.vlink.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vlink.events.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads whole topics, including uncommitted records, as the services do. For one thread. */
final class Watch implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final JsonFactory JSON = new JsonFactory();

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /** Receives records until it has seen enough. */
    interface Taker {
        /** Returns whether that was the last record to wait for. */
        boolean take(ConsumerRecord<String, byte[]> seen) throws IOException;
    }

    private Watch(String bootstrapServers, List<Topic> topics) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("isolation.level", "read_uncommitted");
        properties.put("enable.auto.commit", false);
        properties.put("max.poll.records", 5_000);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        for (Topic topic : topics) {
            consumer.partitionsFor(topic.topicName())
                    .forEach(it -> partitions.add(new TopicPartition(it.topic(), it.partition())));
        }
        consumer.assign(partitions);
    }

    /** Watches records from now on. */
    static Watch fromNow(String bootstrapServers, Topic... topics) {
        Watch watch = new Watch(bootstrapServers, List.of(topics));
        watch.consumer.seekToEnd(watch.partitions);
        watch.partitions.forEach(watch.consumer::position);
        return watch;
    }

    /** Reads until the taker has seen enough. */
    void until(String what, Taker taker) throws IOException {
        until(what, new CompletableFuture<Void>(), taker);
    }

    /** Reads until the taker has seen enough, or {@code cause} fails. */
    void until(String what, CompletableFuture<?> cause, Taker taker) throws IOException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            if (cause.isCompletedExceptionally()) {
                cause.join();
            }
            for (ConsumerRecord<String, byte[]> seen : consumer.poll(Duration.ofMillis(100))) {
                if (taker.take(seen)) {
                    return;
                }
            }
        }
        throw new IOException("Not within %d s: %s.".formatted(DEADLINE.toSeconds(), what));
    }

    /** Waits until no key of the topic with this prefix has a value. */
    static void awaitEmpty(String bootstrapServers, Topic topic, String prefix) throws IOException {
        latest(bootstrapServers, topic, prefix, Map::isEmpty);
    }

    /** Returns the latest values of the topic's keys with this prefix. */
    static Map<String, byte[]> latest(String bootstrapServers, Topic topic, String prefix) throws IOException {
        return latest(bootstrapServers, topic, prefix, latest -> true);
    }

    private static Map<String, byte[]> latest(
            String bootstrapServers, Topic topic, String prefix, Predicate<Map<String, byte[]>> enough)
            throws IOException {
        Map<String, byte[]> latest = new TreeMap<>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        try (Watch watch = new Watch(bootstrapServers, List.of(topic))) {
            watch.consumer.seekToBeginning(watch.partitions);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> seen : watch.consumer.poll(Duration.ofMillis(100))) {
                    if (seen.value() == null) {
                        latest.remove(seen.key());
                    } else if (seen.key().startsWith(prefix)) {
                        latest.put(seen.key(), seen.value());
                    }
                }
                if (enough.test(latest) && watch.isAtTheEnd()) {
                    return latest;
                }
            }
        }
        throw new IOException("%s still holds %d keys, such as %s."
                .formatted(
                        topic,
                        latest.size(),
                        latest.keySet().stream().findFirst().orElse("")));
    }

    private boolean isAtTheEnd() {
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    static String text(byte @Nullable [] value) {
        return value == null ? "nothing" : new String(value, StandardCharsets.UTF_8);
    }

    /** Returns a text or number of the outermost object; skips other members. */
    static String member(byte @Nullable [] json, String name) throws IOException {
        if (json == null) {
            return "";
        }
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals(name)) {
                    return parser.getValueAsString("");
                }
                parser.skipChildren();
            }
        }
        return "";
    }

    @Override
    public void close() {
        consumer.close();
    }
}
