package io.vlink.events.deadletters;

import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that no service could accept. Key: as received, cut after 4,096 characters.
 *
 * @param topic the topic of the record
 * @param partition the partition of the record
 * @param offset the offset of the record in its partition
 * @param key the record's key, cut after 4,096 characters; absent where it had none
 * @param reason why it was not accepted, and what would be right; cut after 4,096 characters
 * @param reader the service that could not read it
 * @param value the record's value, as text where it is UTF-8, otherwise Base64 after {@code base64:}; cut after 4,096
 *     characters; absent where the record had none
 * @param at when it was set aside
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String reason,
        String reader,
        @Nullable String value,
        Instant at) {

    /** The topic of these records. */
    public static final TypedTopic<String, DeadLetter> TOPIC =
            TypedTopic.ofAnyKey(Topic.DEAD_LETTERS, DeadLetter.class);
}
