package io.vlink.events;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topic with the types of its keys and records. Each topic has one: a constant {@code TOPIC} of the record that it
 * carries, or of the sealed interface where it carries several records. A service that needs only part of a record may
 * define one that reads only that part.
 *
 * @param topic the topic's settings
 * @param type the type of its records
 * @param parse reads a key; throws an {@link IllegalArgumentException} that states the expected form
 * @param keyOf returns the key that a record must be stored under; absent: any key is accepted
 * @param <K> the type of the keys
 * @param <V> the type of the records
 */
public record TypedTopic<K, V>(
        Topic topic,
        Class<V> type,
        Function<String, K> parse,
        @Nullable Function<V, K> keyOf) {

    /** Returns a topic whose keys need not match its records. */
    public static <V> TypedTopic<String, V> ofAnyKey(Topic topic, Class<V> type) {
        return new TypedTopic<>(topic, type, Function.identity(), null);
    }
}
