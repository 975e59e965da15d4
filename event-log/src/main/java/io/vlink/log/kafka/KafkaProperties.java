package io.vlink.log.kafka;

import io.vlink.log.LogConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka client properties, each with the reason where it differs from Kafka's default. */
public final class KafkaProperties {

    /** Reconnect soon, so that a restarted broker is used at once. */
    private static final int RECONNECT_MAX_MS = 500;

    private KafkaProperties() {}

    /** Properties of a member of the service's group. */
    public static Map<String, Object> groupConsumer(LogConfig config) {
        Map<String, Object> p = consumer(config);
        p.put(ConsumerConfig.GROUP_ID_CONFIG, config.service());
        // Only this assignor gives the same partition numbers of several topics to one member.
        p.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class));
        p.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        p.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        // Only vlink.requests has offsets, and the recorder's transaction commits them.
        p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.instanceId().ifPresent(id -> p.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        p.putAll(config.client());
        return p;
    }

    /** Properties of a reader of whole topics, in no group. */
    public static Map<String, Object> wholeConsumer(LogConfig config) {
        Map<String, Object> p = consumer(config);
        p.putAll(config.client());
        return p;
    }

    /**
     * Properties of a reader of heartbeats that is not a service.
     *
     * @param client the connection settings: address, credentials, TLS
     */
    public static Map<String, Object> passerBy(Map<String, Object> client) {
        Map<String, Object> p = new HashMap<>(client);
        p.putAll(reader());
        p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return p;
    }

    /** Properties of a reader that sees committed records only. */
    public static Map<String, Object> strictConsumer(LogConfig config) {
        Map<String, Object> p = wholeConsumer(config);
        p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return p;
    }

    private static Map<String, Object> consumer(LogConfig config) {
        Map<String, Object> p = client(config);
        p.putAll(reader());
        return p;
    }

    private static Map<String, Object> reader() {
        Map<String, Object> p = new HashMap<>();
        p.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        p.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // A record counts once Kafka has it: transactions only serve to fence, see Writer.Fenced.
        p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        p.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return p;
    }

    /** Properties of the fenced writer of one partition number. */
    public static Map<String, Object> fencedProducer(LogConfig config, int partition) {
        Map<String, Object> p = producer(config);
        p.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.service() + "-" + partition);
        p.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        p.putAll(config.client());
        return p;
    }

    /** Properties of a writer whose records contain their own order. */
    public static Map<String, Object> plainProducer(LogConfig config) {
        Map<String, Object> p = producer(config);
        p.putAll(config.client());
        return p;
    }

    /** Properties of the writer of heartbeats: one that cannot be written now is worthless later. */
    public static Map<String, Object> beatProducer(LogConfig config) {
        Map<String, Object> p = producer(config);
        // A duplicate heartbeat does no harm, and no past error can make this producer unusable.
        p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
        p.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1024 * 1024);
        p.putAll(config.client());
        return p;
    }

    /** Properties of the writer of telemetry. No one waits for a record, so it is sent in large batches. */
    public static Map<String, Object> telemetryProducer(LogConfig config) {
        Map<String, Object> p = producer(config);
        p.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        p.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        p.putAll(config.client());
        // The operator must not change these. A lost record is superseded by the next, and a lost tombstone is repaired
        // when rules are loaded. But the last record of a key must stay the last.
        p.put(ProducerConfig.ACKS_CONFIG, "1");
        p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        p.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return p;
    }

    /** Properties of the reader of heartbeats, from the present beginning of the topic. */
    public static Map<String, Object> beatConsumer(LogConfig config) {
        Map<String, Object> p = consumer(config);
        p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Longer than the interval of heartbeats: with Kafka's default, each of five services asks the broker four
        // times within it.
        p.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_500);
        p.putAll(config.client());
        return p;
    }

    private static Map<String, Object> producer(LogConfig config) {
        Map<String, Object> p = client(config);
        p.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        p.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        // Kafka 4 waits 5 ms by default; one vlink crosses four producers.
        p.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        p.put(ProducerConfig.ACKS_CONFIG, "all");
        p.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        p.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
        return p;
    }

    public static Map<String, Object> admin(LogConfig config) {
        Map<String, Object> p = client(config);
        p.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        // A caller that waits for an unavailable Kafka gets an error soon, not after a minute.
        p.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        p.putAll(config.client());
        return p;
    }

    private static Map<String, Object> client(LogConfig config) {
        Map<String, Object> p = new HashMap<>();
        p.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        p.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MS);
        p.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.service());
        return p;
    }
}
