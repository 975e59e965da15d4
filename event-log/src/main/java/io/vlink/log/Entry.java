package io.vlink.log;

import io.vlink.events.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in Kafka.
 *
 * @param timestamp when it was produced
 * @param key absent only where a foreign producer gave none
 * @param value JSON in UTF-8; absent: a tombstone
 * @param forwardedFrom where its producer put it, if it was passed on to this partition; absent: here
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Entry(
        Topic topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        byte @Nullable [] value,
        @Nullable Place forwardedFrom) {

    /** A place within a topic. */
    public record Place(int partition, long offset) {}

    public Entry(
            Topic topic, int partition, long offset, Instant timestamp, @Nullable String key, byte @Nullable [] value) {
        this(topic, partition, offset, timestamp, key, value, null);
    }

    /** Where its producer put it. */
    public Place origin() {
        return forwardedFrom == null ? new Place(partition, offset) : forwardedFrom;
    }
}
