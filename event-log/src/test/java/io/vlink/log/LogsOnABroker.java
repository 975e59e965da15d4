package io.vlink.log;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.log.serving.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker of its own for a test, the logs that the test opens on it, and all their shards. */
public final class LogsOnABroker implements AutoCloseable {

    static {
        // Deadlines only end a test that fails. A busy machine needs more than Awaitility's 10 s.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    public static final Duration PLENTY = Duration.ofSeconds(60);

    private final int partitions;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<RecordingShard> shards = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private LocalBroker broker;

    /**
     * Starts the broker.
     *
     * @param directory for its data
     * @param partitions of each topic
     */
    public LogsOnABroker(Path directory, int partitions) {
        this.partitions = partitions;
        this.broker = LocalBroker.start(0, directory);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The client properties that reach the broker. */
    public Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    public void stopBroker() {
        broker.close();
    }

    /** Starts a broker with the data in a directory at the address of the stopped one. */
    public void startBrokerAgain(Path directory) {
        broker = LocalBroker.start(Integer.parseInt(bootstrapServers().replaceAll(".*:", "")), directory);
    }

    /** Begins the configuration of a log on this broker. */
    public LogConfigBuilder config(String service) {
        return LogConfigBuilder.of(service, bootstrapServers(), partitions);
    }

    /**
     * Begins the configuration of an instance of a service that decides: it owns the requests, nodes and links, writes
     * the links, and reads the ports whole.
     */
    public LogConfigBuilder config(String instance, boolean fenced) {
        return config("test-log")
                .owned(Topic.REQUESTS, Topic.NODES, Topic.LINKS)
                .outputs(Topic.LINKS)
                .whole(Topic.PORTS)
                .fenced(fenced)
                .client(Map.of("client.id", instance));
    }

    /** Creates a log that is not started yet. */
    public EventLog<RecordingShard> log(LogConfig config) {
        return closing(new EventLog<>(
                config,
                (partition, epoch) -> {
                    RecordingShard shard = new RecordingShard(config, partition, epoch);
                    shards.add(shard);
                    return shard;
                },
                Clock.systemUTC(),
                meters));
    }

    /** Starts a log. Returns when it serves. */
    public EventLog<RecordingShard> serve(LogConfig config) {
        EventLog<RecordingShard> log = log(config);
        log.start();
        await().atMost(PLENTY).until(log::isServing);
        return log;
    }

    /** Closes something at the end of the test; the last one first. */
    public <T extends AutoCloseable> T closing(T opened) {
        open.add(opened);
        return opened;
    }

    /** Closes a log before the end of the test. */
    public void closeNow(EventLog<RecordingShard> log) {
        log.close();
        open.remove(log);
    }

    /** All shards that its logs created, in order. */
    public List<RecordingShard> shards() {
        return shards;
    }

    /** The newest shard of a partition number. */
    public RecordingShard newest(int partition) {
        return shards.reversed().stream()
                .filter(shard -> shard.partition == partition)
                .findFirst()
                .orElseThrow();
    }

    /** The shard that serves a partition number. */
    public RecordingShard serving(int partition) {
        return shards.stream()
                .filter(s -> s.partition == partition && !s.closed.get() && s.loaded.get())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no shard serves partition " + partition));
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    public void produce(Topic topic, int partition, String key, @Nullable String value) {
        produce(topic, partition, key, value, List.of());
    }

    /** Writes a record. Returns when Kafka has it. */
    public void produce(Topic topic, int partition, String key, @Nullable String value, Iterable<Header> headers) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), partition, key, value, headers))
                    .get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Reads the committed values of a partition up to its present end. */
    public List<@Nullable String> committed(Topic topic, int partition) {
        return values(topic, partition, "read_committed");
    }

    /** Reads all values of a partition up to its present end, including those of an open transaction. */
    public List<@Nullable String> uncommitted(Topic topic, int partition) {
        return values(topic, partition, "read_uncommitted");
    }

    private List<@Nullable String> values(Topic topic, int partition, String isolation) {
        List<@Nullable String> values = new ArrayList<>();
        read(topic, partition, isolation).forEach(record -> values.add(record.value()));
        return values;
    }

    /** Reads the records of a partition up to its present end. */
    public List<ConsumerRecord<String, String>> read(Topic topic, int partition, String isolation) {
        Map<String, Object> properties = new HashMap<>(client());
        properties.put("isolation.level", isolation);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition tp = new TopicPartition(topic.topicName(), partition);
            consumer.assign(List.of(tp));
            consumer.seekToBeginning(List.of(tp));
            long end = consumer.endOffsets(List.of(tp)).getOrDefault(tp, 0L);
            while (consumer.position(tp) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        try {
            for (AutoCloseable each : open.reversed()) {
                each.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            broker.close();
        }
    }
}
