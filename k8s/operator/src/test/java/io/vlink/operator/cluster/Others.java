package io.vlink.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import io.vlink.log.Partitions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
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

/**
 * Plays the other services: answers each request and records its content according to the contract, until told to stop
 * answering.
 */
public final class Others implements AutoCloseable {

    private static final int PARTITIONS = 8;

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Long> recorded = new HashMap<>();
    private final Map<String, JsonNode> specs = new HashMap<>();
    private final Map<String, List<Violation>> refused = new ConcurrentHashMap<>();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofPlatform().name("others").unstarted(this::run);
    private long generation = 100;
    private volatile boolean answering = true;
    private volatile boolean closed;

    public Others(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (int p = 0; p < PARTITIONS; p++) {
            all.add(new TopicPartition(Topic.REQUESTS.topicName(), p));
        }
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
        thread.start();
    }

    /** Refuses requests about ids that contain this text from now on. */
    public void refuse(String id, String field, String reason, String message) {
        refused.put(id, List.of(new Violation(field, reason, message)));
    }

    public void grant(String id) {
        refused.remove(id);
    }

    /** Stops or resumes answering. */
    public void answering(boolean wanted) {
        answering = wanted;
    }

    /** Keeps withdrawn records of this id, as if switches did not confirm. */
    public void keepWithdrawn(String id) {
        kept.add(id);
    }

    /** Returns all requests so far about ids that contain this text. */
    public List<JsonNode> requests(String id) {
        return requests.stream()
                .filter(request -> request.path("id").asText().contains(id))
                .toList();
    }

    public List<JsonNode> requests(String id, String type) {
        return requests(id).stream()
                .filter(request -> request.path("type").asText().equals(type))
                .toList();
    }

    /** Publishes an event as a service would. */
    public void publish(Topic topic, String overlay, String key, @Nullable Object event) {
        try {
            var unused = producer.send(new ProducerRecord<>(
                            topic.topicName(),
                            Partitions.of(overlay, PARTITIONS),
                            key,
                            event == null ? null : EventJson.write(event),
                            Forms.NEWEST.headers(topic)))
                    .get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError("Kafka did not take the event", e);
        }
    }

    /** Creates a network as if over REST. */
    public void makeNetwork(NetworkId id) {
        publish(Topic.NETWORKS, id.overlay(), id.toString(), network(id, 7, false));
    }

    public void status(NetworkId id, long generation, Phase phase, Predicate<Condition.Type> holds) {
        List<Condition> conditions = new ArrayList<>();
        for (Condition.Type type : List.of(
                Condition.Type.ACCEPTED, Condition.Type.ATTACHED, Condition.Type.PROGRAMMED, Condition.Type.READY)) {
            boolean is = holds.test(type);
            conditions.add(new Condition(
                    type,
                    is ? Condition.Truth.TRUE : Condition.Truth.FALSE,
                    is ? "Fine" : "NotYet",
                    is ? "" : type + " is not yet.",
                    generation,
                    Instant.now()));
        }
        publish(
                Topic.STATUSES,
                id.overlay(),
                id.toString(),
                new NetworkStatus(
                        id,
                        new Revision(generation, Instant.now().toEpochMilli(), 0),
                        0,
                        phase,
                        conditions,
                        List.of("node-a", "node-c", "node-e"),
                        List.of("node-e", "node-b", "node-a"),
                        List.of(),
                        List.of()));
    }

    /** Returns the recorded generation of a network. */
    public synchronized long generation(String id) {
        Long found = recorded.get("Network " + id);
        return found == null ? 0 : found;
    }

    private void run() {
        while (!closed) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                try {
                    JsonNode request = EventJson.mapper().readTree(record.value());
                    requests.add(request);
                    if (answering) {
                        answer(request);
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        consumer.close();
    }

    private synchronized void answer(JsonNode request) {
        String type = request.path("type").asText();
        String id = request.path("id").asText();
        String overlay = id.substring(0, id.indexOf('/'));
        String requestId = request.path("requestId").asText();
        String subject = type.replaceFirst("Declare|Withdraw", "") + " " + id;
        Long now = recorded.get(subject);
        List<Violation> violations = refused.entrySet().stream()
                .filter(entry -> id.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
        if (type.startsWith("Withdraw") && now == null) {
            violations = List.of(new Violation("$.id", "Unknown", "It is not recorded."));
        }
        if (!violations.isEmpty()) {
            publish(Topic.ANSWERS, overlay, id, new Answer.Refused(requestId, id, null, violations));
            return;
        }
        boolean withdraw = type.startsWith("Withdraw");
        boolean changed = withdraw || now == null || !request.path("spec").equals(specs.get(subject));
        long is = changed ? ++generation : now;
        specs.put(subject, request.path("spec"));
        if (withdraw) {
            recorded.remove(subject);
        } else {
            recorded.put(subject, is);
        }
        if (changed) {
            record(type.replaceFirst("Declare|Withdraw", ""), id, overlay, is, withdraw, request.path("spec"));
        }
        publish(Topic.ANSWERS, overlay, id, new Answer.Recorded(requestId, id, null, is, changed, now == null));
    }

    private void record(String kind, String id, String overlay, long is, boolean withdrawn, JsonNode spec) {
        Topic topic =
                switch (kind) {
                    case "Network" -> Topic.NETWORKS;
                    case "Attachment" -> Topic.ATTACHMENTS;
                    case "Node" -> Topic.NODES;
                    default -> Topic.LINKS;
                };
        Object event =
                switch (kind) {
                    case "Network" -> network(NetworkId.of(id), is, withdrawn);
                    case "Attachment" ->
                        new Attachment(
                                AttachmentId.of(id),
                                is,
                                withdrawn,
                                Instant.now(),
                                new AttachmentSpec(
                                        spec.path("node").asText("x"),
                                        new PortLocator(spec.path("port").asText("x")),
                                        ips(spec)));
                    case "Node" ->
                        new Node(
                                ResourceId.of(id),
                                is,
                                withdrawn,
                                Instant.now(),
                                new NodeSpec(
                                        DatapathId.of(spec.path("datapathId").asText("1")), null, null, false));
                    default ->
                        new Link(
                                ResourceId.of(id),
                                is,
                                withdrawn,
                                Instant.now(),
                                new LinkSpec(
                                        new LinkEnd("x", new PortLocator("p")),
                                        new LinkEnd("y", new PortLocator("p")),
                                        1_000_000,
                                        0,
                                        LinkKind.VXLAN,
                                        false));
                };
        publish(topic, overlay, id, event);
        if (withdrawn && kept.stream().noneMatch(id::contains)) {
            publish(topic, overlay, id, null);
        }
    }

    private static List<String> ips(JsonNode spec) {
        List<String> ips = new ArrayList<>();
        spec.path("ips").forEach(ip -> ips.add(ip.asText()));
        return ips;
    }

    private static Network network(NetworkId id, long generation, boolean withdrawn) {
        return new Network(
                id,
                generation,
                withdrawn,
                Instant.now(),
                new Vlink(new PathSpec(null, "node-a", "node-e", null, null), null, Protection.NONE));
    }

    @Override
    public void close() {
        closed = true;
        producer.close();
    }
}
