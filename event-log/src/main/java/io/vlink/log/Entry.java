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
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Entry(
        Topic topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        byte @Nullable [] value) {}
