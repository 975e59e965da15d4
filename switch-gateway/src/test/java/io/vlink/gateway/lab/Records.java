package io.vlink.gateway.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.RuleSet;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import io.vlink.log.Partitions;
import io.vlink.log.schema.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A plain Kafka client on all state topics, in place of the other services. */
public final class Records implements AutoCloseable {

    public static final int PARTITIONS = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, byte[]> last = new ConcurrentHashMap<>();
    /** Keys whose last record is a tombstone. */
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    private final List<String> history = new ArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;

    public Records(String bootstrapServers) {
        producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
        consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
        thread = Thread.ofPlatform().name("records").daemon().unstarted(this::read);
    }

    /** Starts to read; the topics must exist. */
    public Records start() {
        thread.start();
        return this;
    }

    public void put(RuleSet set) {
        put(Topic.RULES, Partitions.of(set.datapathId(), PARTITIONS), set.key(), set);
    }

    public void put(Topic topic, String overlay, String key, @Nullable Object event) {
        put(topic, Partitions.of(overlay, PARTITIONS), key, event);
    }

    /** Writes counters of a network in a switch, as an earlier gateway may have sent them. */
    public void putCounters(DatapathId id, String network) {
        RuleCounters read = new RuleCounters(id, World.network(network), Instant.EPOCH, List.of());
        put(Topic.COUNTERS, Partitions.of(id, PARTITIONS), read.key(), read);
    }

    public void tombstone(Topic topic, DatapathId id, String key) {
        put(topic, Partitions.of(id, PARTITIONS), key, null);
    }

    /** Writes raw bytes. */
    public void putRaw(Topic topic, int partition, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic.topicName(), partition, key, value));
        producer.flush();
    }

    public void put(Topic topic, int partition, String key, @Nullable Object event) {
        var unused = producer.send(new ProducerRecord<>(
                topic.topicName(),
                partition,
                key,
                event == null ? null : EventJson.write(event),
                Forms.NEWEST.headers(topic)));
        producer.flush();
    }

    /** Writes a rule set as a later build with the next schema number. */
    public void putOfLaterBuild(RuleSet set) {
        Header number =
                new RecordHeader("vlink-schema", ("" + (Topic.RULES.schema() + 1)).getBytes(StandardCharsets.US_ASCII));
        var unused = producer.send(new ProducerRecord<>(
                Topic.RULES.topicName(),
                Partitions.of(set.datapathId(), PARTITIONS),
                set.key(),
                EventJson.write(set),
                List.of(number)));
        producer.flush();
    }

    /** Returns the last record of a key; absent: none, or a tombstone. */
    public <T> Optional<T> last(Topic topic, String key, Class<T> type) {
        byte[] value = last.get(topic + " " + key);
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(EventJson.read(new Entry(topic, 0, 0, Instant.EPOCH, key, value), type));
        } catch (UnreadableEvent e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the last record of a key matches. */
    public <T> T await(Topic topic, String key, Class<T> type, Predicate<T> wanted) {
        Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(
                        last(topic, key, type))
                .as("%s %s", topic, key)
                .matches(found -> found.filter(wanted).isPresent(), "is as wanted"));
        return last(topic, key, type).orElseThrow();
    }

    /** Waits until the last record of a key is a tombstone; a key that was never read does not count as deleted. */
    public void awaitDeleted(Topic topic, String key) {
        Awaitility.await()
                .atMost(DEADLINE)
                .pollDelay(Duration.ZERO) // one test waits for a thousand keys, most of which are deleted by then
                .until(() -> deleted.contains(topic + " " + key));
    }

    /** Returns all records of a topic read so far, in order of arrival: key and value. */
    public List<String> history(Topic topic) {
        synchronized (history) {
            return history.stream().filter(line -> line.startsWith(topic + " ")).toList();
        }
    }

    private void read() {
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.add(new TopicPartition(topic.topicName(), partition));
            }
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        while (running) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                take(record);
            }
        }
        consumer.close();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        String key = record.topic() + " " + record.key();
        if (record.value() == null) {
            last.remove(key);
            deleted.add(key);
        } else {
            deleted.remove(key);
            last.put(key, record.value());
        }
        synchronized (history) {
            String value = record.value() == null ? "null" : new String(record.value(), StandardCharsets.UTF_8);
            history.add(key + " " + value);
        }
    }

    @Override
    public void close() {
        running = false;
        producer.close(Duration.ofSeconds(1));
    }
}
