package io.vlink.log;

import io.vlink.events.Topic;
import io.vlink.log.schema.Schemas;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record in Kafka.
 *
 * @param timestamp when it was produced
 * @param key absent only if a foreign producer set none
 * @param value JSON in UTF-8; absent: a tombstone
 * @param forwardedFrom the place where its producer wrote it, if it was forwarded to this partition; absent: here
 * @param schema the schema number of its value; always 1 for a public topic
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Entry(
        Topic topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        byte @Nullable [] value,
        @Nullable PartitionOffset forwardedFrom,
        int schema) {

    /** A place in a topic. */
    public record PartitionOffset(int partition, long offset) {}

    /** A record in this build's form that was not forwarded. */
    public Entry(
            Topic topic, int partition, long offset, Instant timestamp, @Nullable String key, byte @Nullable [] value) {
        this(topic, partition, offset, timestamp, key, value, null, topic.schema());
    }

    /** Returns a record as a consumer received it. */
    public static Entry of(Topic topic, ConsumerRecord<String, byte[]> record) {
        return new Entry(
                topic,
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                topic == Topic.REQUESTS ? Forwarding.of(record.headers()) : null,
                Schemas.number(topic, record.headers()));
    }

    /** The place where its producer wrote it. */
    public PartitionOffset origin() {
        return forwardedFrom == null ? new PartitionOffset(partition, offset) : forwardedFrom;
    }
}
