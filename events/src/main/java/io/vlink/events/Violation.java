package io.vlink.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what a user asked for.
 *
 * @param field JSON path of the field, such as {@code $.path.links[1]}; {@code $} for the whole
 * @param reason one word in CamelCase, stable, for programs: {@code UnknownField}, {@code LinkUnknown}, {@code BandwidthExceeded}
 * @param message for people: what is wrong, with names and numbers, and what would be right
 * @param since since when it is so, or since when it is waited for that it ends; absent of what only an edit of the request
 *     mends
 */
public record Violation(
        String field,
        String reason,
        String message,
        @Nullable Instant since) {

    /** One that has no time. */
    public Violation(String field, String reason, String message) {
        this(field, reason, message, null);
    }
}
