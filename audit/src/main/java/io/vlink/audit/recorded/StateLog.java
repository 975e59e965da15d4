package io.vlink.audit.recorded;

import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.schema.UnreadableEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics of state from Kafka: everything once, then only what is new. It writes nothing and joins no group. Belongs
 * to one thread.
 */
public final class StateLog implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Map<Topic, TypedTopic<?, ?>> KINDS = Stream.<TypedTopic<?, ?>>of(
                    Node.TOPIC,
                    Link.TOPIC,
                    Network.TOPIC,
                    PathDecision.TOPIC,
                    QuarantinedCircuit.TOPIC,
                    LinkShare.TOPIC,
                    RuleSet.TOPIC,
                    RuleState.TOPIC,
                    NetworkStatus.TOPIC,
                    Switch.TOPIC,
                    Port.TOPIC)
            .collect(Collectors.toUnmodifiableMap(TypedTopic::topic, typed -> typed));
    /** Topics of which only the keys matter. */
    private static final List<Topic> KEYS = List.of(Topic.COUNTERS, Topic.LINK_STATES);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<Topic, Map<String, Object>> records = new EnumMap<>(Topic.class);
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();

    /**
     * Creates a log that connects on first use.
     *
     * @param more further Kafka client properties, such as those for TLS
     */
    public StateLog(String bootstrapServers, Properties more) {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "vlink-audit");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        KINDS.keySet().forEach(this::follow);
        KEYS.forEach(this::follow);
    }

    private void follow(Topic topic) {
        topics.put(topic.topicName(), topic);
        records.put(topic, new HashMap<>());
    }

    /**
     * Returns the current contents.
     *
     * @throws KafkaException if Kafka does not answer or lacks a topic
     */
    public RecordedState read() {
        if (consumer.assignment().isEmpty()) {
            assign();
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        ends.forEach((partition, end) -> {
            if (consumer.position(partition) > end) {
                throw new KafkaException(
                        "Topic %s is shorter than before: Kafka's data was replaced.".formatted(partition.topic()));
            }
        });
        Instant deadline = Instant.now().plusMillis(PATIENCE_MS);
        long progress = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            long taken = take(POLL);
            progress += taken;
            if (taken > 0) {
                deadline = Instant.now().plusMillis(PATIENCE_MS);
            } else if (Instant.now().isAfter(deadline)) {
                throw new KafkaException(
                        "Kafka delivered nothing for %d s, after %d records.".formatted(PATIENCE_MS / 1000, progress));
            }
        }
        return now();
    }

    private void assign() {
        List<TopicPartition> all = new ArrayList<>();
        Map<String, ?> there = consumer.listTopics();
        for (String name : topics.keySet()) {
            if (name.equals(Topic.LINK_SHARES.topicName()) && !there.containsKey(name)) {
                continue; // no service of a build that uses it has run yet
            }
            if (!there.containsKey(name)) {
                throw new KafkaException("Kafka has no topic %s. Is this the Kafka of a Vlink suite?".formatted(name));
            }
            consumer.partitionsFor(name).forEach(p -> all.add(new TopicPartition(name, p.partition())));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Reads new records for a time. */
    public void follow(Duration time) {
        Instant until = Instant.now().plus(time);
        for (Duration left = time; left.isPositive(); left = Duration.between(Instant.now(), until)) {
            take(left);
        }
    }

    private long take(Duration patience) {
        long taken = 0;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
            take(record);
            taken++;
        }
        return taken;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Topic topic = topics.get(record.topic());
        String key = record.key();
        if (topic == null || key == null) {
            return;
        }
        Map<String, Object> state = records.computeIfAbsent(topic, first -> new HashMap<>());
        unreadable.remove(topic + " " + key);
        TypedTopic<?, ?> kind = KINDS.get(topic);
        try {
            Object value = record.value() == null ? null : kind == null ? key : value(kind, key, record);
            if (value != null) {
                state.put(key, value);
            } else {
                state.remove(key);
            }
        } catch (UnreadableEvent | IllegalArgumentException e) {
            state.remove(key);
            unreadable.put(topic + " " + key, String.valueOf(e.getMessage()));
        }
    }

    private static <K, V> @Nullable V value(TypedTopic<K, V> kind, String key, ConsumerRecord<String, byte[]> record)
            throws UnreadableEvent {
        return Inbox.value(kind, kind.parse().apply(key), Entry.of(kind.topic(), record));
    }

    private RecordedState now() {
        return new RecordedState(
                all(Node.TOPIC),
                all(Link.TOPIC),
                all(Network.TOPIC),
                all(PathDecision.TOPIC),
                all(QuarantinedCircuit.TOPIC),
                all(LinkShare.TOPIC),
                all(RuleSet.TOPIC),
                all(RuleState.TOPIC),
                all(NetworkStatus.TOPIC),
                all(Switch.TOPIC),
                all(Port.TOPIC),
                state(Topic.COUNTERS).keySet(),
                state(Topic.LINK_STATES).keySet(),
                unreadable.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .toList());
    }

    private <V> Map<String, V> all(TypedTopic<?, V> kind) {
        Map<String, V> all = new HashMap<>();
        state(kind.topic()).forEach((key, value) -> all.put(key, kind.type().cast(value)));
        return all;
    }

    private Map<String, Object> state(Topic topic) {
        return records.getOrDefault(topic, Map.of());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
