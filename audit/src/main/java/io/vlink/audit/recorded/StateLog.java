package io.vlink.audit.recorded;

import io.vlink.events.Topic;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Resting;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.UnreadableEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of state on a Kafka, read whole once, and from then on what is new. It writes nothing and joins no group.
 * Belongs to one thread.
 */
public final class StateLog implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Map<Topic, Class<?>> KINDS = new EnumMap<>(Map.of(
            Topic.NODES, Node.class,
            Topic.LINKS, Link.class,
            Topic.NETWORKS, Network.class,
            Topic.PATHS, PathDecision.class,
            Topic.RESTING, Resting.class,
            Topic.RULES, RuleSet.class,
            Topic.RULE_STATES, RuleState.class,
            Topic.STATUSES, NetworkStatus.class,
            Topic.SWITCHES, Switch.class,
            Topic.PORTS, Port.class));
    /** Of these only the keys matter. */
    private static final List<Topic> KEYS = List.of(Topic.COUNTERS, Topic.LINK_STATES);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<Topic, Map<String, Object>> records = new EnumMap<>(Topic.class);
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();

    /**
     * Connects when first asked.
     *
     * @param more further Kafka client properties, such as those of TLS
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
     * What stands there now.
     *
     * @throws KafkaException if Kafka does not answer, or lacks a topic
     */
    public Recorded read() {
        if (consumer.assignment().isEmpty()) {
            assign();
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        ends.forEach((partition, end) -> {
            if (consumer.position(partition) > end) {
                throw new KafkaException(
                        "Kafka has less of %s than it had: its data was replaced.".formatted(partition.topic()));
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
                        "Kafka told of nothing for %d s, after %d records.".formatted(PATIENCE_MS / 1000, progress));
            }
        }
        return now();
    }

    private void assign() {
        List<TopicPartition> all = new ArrayList<>();
        Map<String, ?> there = consumer.listTopics();
        for (String name : topics.keySet()) {
            if (!there.containsKey(name)) {
                throw new KafkaException("Kafka has no topic %s; is this the Kafka of a Vlink?".formatted(name));
            }
            consumer.partitionsFor(name).forEach(p -> all.add(new TopicPartition(name, p.partition())));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Takes in what comes for a time. */
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
        Class<?> kind = KINDS.get(topic);
        if (record.value() == null) {
            state.remove(key);
        } else if (kind == null) {
            state.put(key, key);
        } else {
            try {
                state.put(key, EventJson.read(Entry.of(topic, record), kind));
            } catch (UnreadableEvent e) {
                state.remove(key);
                unreadable.put(topic + " " + key, String.valueOf(e.getMessage()));
            }
        }
    }

    private Recorded now() {
        return new Recorded(
                all(Topic.NODES, Node.class),
                all(Topic.LINKS, Link.class),
                all(Topic.NETWORKS, Network.class),
                all(Topic.PATHS, PathDecision.class),
                all(Topic.RESTING, Resting.class),
                all(Topic.RULES, RuleSet.class),
                all(Topic.RULE_STATES, RuleState.class),
                all(Topic.STATUSES, NetworkStatus.class),
                all(Topic.SWITCHES, Switch.class),
                all(Topic.PORTS, Port.class),
                state(Topic.COUNTERS).keySet(),
                state(Topic.LINK_STATES).keySet(),
                unreadable.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .toList());
    }

    private <T> Map<String, T> all(Topic topic, Class<T> kind) {
        Map<String, T> all = new HashMap<>();
        state(topic).forEach((key, value) -> all.put(key, kind.cast(value)));
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
