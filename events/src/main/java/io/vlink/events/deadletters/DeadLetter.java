package io.vlink.events.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that nobody could accept. Key: as received.
 *
 * @param reason why, and what would be right
 * @param reader the service that could not read it
 * @param value the record's value, as text where it is UTF-8, else Base64 after {@code base64:}; cut after 4,096
 *     characters; absent where the record had none
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String reason,
        String reader,
        @Nullable String value,
        Instant at) {}
