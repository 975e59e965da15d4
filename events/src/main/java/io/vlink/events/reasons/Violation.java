package io.vlink.events.reasons;

import io.vlink.events.schema.Known;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a user's request.
 *
 * @param field the JSON path of the field, such as {@code $.path.links[1]}; {@code $} for the whole request
 * @param reason one word in CamelCase, stable, for programs; defined by network-api in answers, by path-service in
 *     decisions
 * @param message for people: what is wrong, with names and numbers, and what would be right
 * @param since when the problem began, or when waiting for its end began; absent where only an edit of the request
 *     mends it
 */
public record Violation(
        String field,
        @Known({RequestReason.class, RefusalReason.class}) String reason,
        String message,
        @Nullable Instant since)
        implements Remark<Violation> {

    /** A violation without a time. */
    public Violation(String field, String reason, String message) {
        this(field, reason, message, null);
    }

    public Violation(String field, Reason reason, String message) {
        this(field, reason.word(), message);
    }

    @Override
    public Violation worded(String words, @Nullable Instant from) {
        return new Violation(field, reason, words, from);
    }
}
