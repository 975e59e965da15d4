package io.vlink.log;

import io.vlink.events.Topic;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in Kafka.
 *
 * @param timestamp when it was produced
 * @param key absent only where a foreign producer gave none
 * @param value JSON in UTF-8; absent: a tombstone
 * @param forwardedFrom where its producer put it, if it was passed on to this partition; absent: here
 * @param schema the number of its value's shape; of a public topic always 1
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Entry(
        Topic topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        byte @Nullable [] value,
        @Nullable Place forwardedFrom,
        int schema) {

    /** A place within a topic. */
    public record Place(int partition, long offset) {}

    /** One of this build's shape that nobody passed on. */
    public Entry(
            Topic topic, int partition, long offset, Instant timestamp, @Nullable String key, byte @Nullable [] value) {
        this(topic, partition, offset, timestamp, key, value, null, topic.schema());
    }

    /** As a consumer was given it. */
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

    /** Where its producer put it. */
    public Place origin() {
        return forwardedFrom == null ? new Place(partition, offset) : forwardedFrom;
    }
}
