package io.vlink.path.messaging;

import static org.awaitility.Awaitility.await;

import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Port;
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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Stands in for all other services: produces their records, and reads what path-service wrote and committed. */
final class Desk implements AutoCloseable {

    static final int PARTITIONS = 8;
    static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final String overlay;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    Desk(String bootstrapServers, String overlay) {
        this.overlay = overlay;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : List.of(Topic.PATHS, Topic.RESTING, Topic.LINK_SHARES, Topic.DEAD_LETTERS)) {
            IntStream.range(0, PARTITIONS).forEach(p -> all.add(new TopicPartition(topic.topicName(), p)));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Nodes a and b, joined by link-ab and link-ba, both up. */
    void topology() {
        for (String letter : List.of("a", "b")) {
            ResourceId id = new ResourceId(overlay, "node-" + letter);
            put(Topic.NODES, id, new Node(id, 1, false, NOW, new NodeSpec(datapathId(letter), null, null, false)));
            port(letter, 1, "to-other");
            port(letter, 2, "tap-0");
        }
        link("a", "b");
        link("b", "a");
    }

    private void link(String from, String to) {
        ResourceId id = new ResourceId(overlay, "link-" + from + to);
        LinkSpec spec = new LinkSpec(
                new LinkEnd("node-" + from, PortLocator.of("to-other")),
                new LinkEnd("node-" + to, PortLocator.of("to-other")),
                1_000_000,
                1_000,
                LinkKind.PLAIN,
                false);
        put(Topic.LINKS, id, new Link(id, 1, false, NOW, spec));
        put(Topic.LINK_STATES, id, new LinkState(id, 1, true, null, null, NOW, null));
    }

    private void port(String letter, long number, String name) {
        SwitchPort id = new SwitchPort(datapathId(letter), new PortNumber(number));
        byte[] json = EventJson.write(new Port(id, 1, true, name, "02:00:00:00:00:01", true, 0, null));
        produce(Topic.PORTS, Partitions.of(id.datapathId(), PARTITIONS), id.toString(), json);
    }

    /** Returns the key of the share at a port of a node. */
    LinkShare.ShareKey shareOf(String letter, long port) {
        return new LinkShare.ShareKey(overlay, datapathId(letter), new PortNumber(port));
    }

    /** Returns the share at a port; null: there is none, or none any more. */
    @Nullable LinkShare share(LinkShare.ShareKey key) {
        poll();
        LinkShare last = null;
        for (ConsumerRecord<String, byte[]> record : seen) {
            if (record.topic().equals(Topic.LINK_SHARES.topicName())
                    && record.key().equals(key.toString())) {
                last = record.value() == null ? null : read(record, Topic.LINK_SHARES, LinkShare.class);
            }
        }
        return last;
    }

    private DatapathId datapathId(String letter) {
        return DatapathId.of(Integer.toHexString(Math.abs(overlay.hashCode() % 0xffff)) + "0" + letter);
    }

    NetworkId declare(String name, long generation) {
        return network(name, generation, false, null);
    }

    NetworkId withdraw(String name, long generation) {
        return network(name, generation, true, null);
    }

    NetworkId network(String name, long generation, boolean withdrawn, @Nullable List<String> links) {
        NetworkId id = id(name);
        PathSpec path = new PathSpec("there", "node-a", "node-b", links == null ? List.of("link-ab") : links, null);
        NetworkSpec spec = new Vlink(path, null, Protection.NONE);
        put(Topic.NETWORKS, id, new Network(id, generation, withdrawn, NOW, spec));
        return id;
    }

    void attach(NetworkId network, String name, String node) {
        AttachmentId id = new AttachmentId(network, name);
        AttachmentSpec spec = new AttachmentSpec(node, PortLocator.of("tap-0"), List.of());
        put(Topic.ATTACHMENTS, id, new Attachment(id, 1, false, NOW, spec));
    }

    /** Confirms, as flow-service does, that all circuits being removed are removed. */
    void confirmRemoved(PathDecision decision) {
        NetworkStatus status = new NetworkStatus(
                decision.id(),
                decision.revision(),
                1,
                Phase.REMOVED,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                decision.retiring().stream()
                        .map(removal -> removal.circuit().number())
                        .toList());
        put(Topic.STATUSES, decision.id(), status);
    }

    void put(Topic topic, Object id, Object event) {
        produce(topic, home(), id.toString(), EventJson.write(event));
    }

    void tombstone(Topic topic, Object id) {
        produce(topic, home(), id.toString(), null);
    }

    NetworkId id(String network) {
        return new NetworkId(overlay, "ns", network);
    }

    void unreadable(Topic topic, Object id) {
        produce(topic, home(), id.toString(), "{not json".getBytes(StandardCharsets.UTF_8));
    }

    int home() {
        return Partitions.of(overlay, PARTITIONS);
    }

    /** Writes a record as a later build with the next schema number would. */
    void putOfLaterBuild(Topic topic, Object id, Object event) {
        Header number =
                new RecordHeader("vlink-schema", ("" + (topic.schema() + 1)).getBytes(StandardCharsets.US_ASCII));
        var unused = producer.send(new ProducerRecord<>(
                topic.topicName(), home(), id.toString(), EventJson.write(event), List.of(number)));
        producer.flush();
    }

    private void produce(Topic topic, int partition, String key, byte @Nullable [] value) {
        var unused = producer.send(
                new ProducerRecord<>(topic.topicName(), partition, key, value, Forms.NEWEST.headers(topic)));
        producer.flush();
    }

    /** Waits until the last decision about a network matches. */
    PathDecision awaitDecision(NetworkId id, Predicate<PathDecision> wanted) {
        await().atMost(DEADLINE).until(() -> {
            poll();
            List<@Nullable PathDecision> all = decisions(id);
            PathDecision last = all.isEmpty() ? null : all.getLast();
            return last != null && wanted.test(last);
        });
        PathDecision last = decisions(id).getLast();
        if (last == null) {
            throw new AssertionError("The decision about %s is gone.".formatted(id));
        }
        return last;
    }

    void awaitTombstone(NetworkId id) {
        await().atMost(DEADLINE).until(() -> {
            poll();
            List<@Nullable PathDecision> all = decisions(id);
            return !all.isEmpty() && all.getLast() == null;
        });
    }

    /** Returns all decisions seen about a network; null: a tombstone. */
    List<@Nullable PathDecision> decisions(NetworkId id) {
        List<@Nullable PathDecision> decisions = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : seen) {
            if (record.topic().equals(Topic.PATHS.topicName()) && record.key().equals(id.toString())) {
                decisions.add(record.value() == null ? null : read(record, Topic.PATHS, PathDecision.class));
            }
        }
        return decisions;
    }

    /** Waits for this number of quarantines of a circuit, and returns the last. */
    QuarantinedCircuit awaitQuarantine(long circuit, int count) {
        await().atMost(DEADLINE).until(() -> {
            poll();
            return quarantines(circuit).filter(record -> record.value() != null).count() == count;
        });
        return quarantines(circuit)
                .filter(record -> record.value() != null)
                .map(record -> read(record, Topic.RESTING, QuarantinedCircuit.class))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Waits for the tombstone of a circuit's quarantine, and returns its time. */
    Instant awaitQuarantineDeleted(long circuit) {
        await().atMost(DEADLINE).until(() -> {
            poll();
            return lastQuarantine(circuit).value() == null;
        });
        return Instant.ofEpochMilli(lastQuarantine(circuit).timestamp());
    }

    private ConsumerRecord<String, byte[]> lastQuarantine(long circuit) {
        return quarantines(circuit).reduce((earlier, later) -> later).orElseThrow();
    }

    private Stream<ConsumerRecord<String, byte[]>> quarantines(long circuit) {
        return seen.stream()
                .filter(record -> record.topic().equals(Topic.RESTING.topicName())
                        && record.key().equals(overlay + "/" + circuit));
    }

    List<String> deadLetters() {
        poll();
        return seen.stream()
                .filter(record -> record.topic().equals(Topic.DEAD_LETTERS.topicName()))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    void poll() {
        consumer.poll(Duration.ofMillis(20)).forEach(seen::add);
    }

    private static <T> T read(ConsumerRecord<String, byte[]> record, Topic topic, Class<T> type) {
        try {
            return EventJson.read(
                    new Entry(topic, record.partition(), record.offset(), NOW, record.key(), record.value()), type);
        } catch (UnreadableEvent e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
