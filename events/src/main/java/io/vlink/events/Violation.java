package io.vlink.events;

import io.vlink.events.paths.RefusalReason;
import io.vlink.events.requests.RequestReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what a user asked for.
 *
 * @param field JSON path of the field, such as {@code $.path.links[1]}; {@code $} for the whole
 * @param reason one word in CamelCase, stable, for programs: of network-api in answers, of path-service in decisions
 * @param message for people: what is wrong, with names and numbers, and what would be right
 * @param since since when it is so, or since when it is waited for that it ends; absent of what only an edit of the request
 *     mends
 */
public record Violation(
        String field,
        @Known({RequestReason.class, RefusalReason.class}) String reason,
        String message,
        @Nullable Instant since)
        implements Remark<Violation> {

    /** One that has no time. */
    public Violation(String field, String reason, String message) {
        this(field, reason, message, null);
    }

    public Violation(String field, Reason reason, String message) {
        this(field, reason.name(), message);
    }

    @Override
    public Violation worded(String words, @Nullable Instant from) {
        return new Violation(field, reason, words, from);
    }
}
