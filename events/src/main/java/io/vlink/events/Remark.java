package io.vlink.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is said of a field of what a user asked for, and since when.
 *
 * @param <T> its own type
 */
public interface Remark<T extends Remark<T>> {

    /** JSON path of the field; {@code $} for the whole. */
    String field();

    /** One word in CamelCase, stable, for programs. */
    String reason();

    /** The same for people. */
    String message();

    /** Since when it is so; absent where that is not known, or of no meaning. */
    @Nullable Instant since();

    /** The same in other words, so since another time. */
    T worded(String words, @Nullable Instant from);

    /** Whether it is for this reason. */
    default boolean is(Reason asked) {
        return reason().equals(asked.name());
    }
}
