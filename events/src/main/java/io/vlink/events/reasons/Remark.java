package io.vlink.events.reasons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A remark on a field of a user's request, and the time since which it applies.
 *
 * @param <T> the implementing type
 */
public interface Remark<T extends Remark<T>> {

    /** The JSON path of the field; {@code $} for the whole request. */
    String field();

    /** One word in CamelCase, stable, for programs. */
    String reason();

    /** The reason in words, for people. */
    String message();

    /** The time since which it applies; absent where that is not known or has no meaning. */
    @Nullable Instant since();

    /** Returns it with other words, which apply since another time. */
    T worded(String words, @Nullable Instant from);

    /** Whether it has this reason. */
    default boolean is(Reason asked) {
        return reason().equals(asked.word());
    }
}
