package io.vlink.events;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topic with the types of what stands in it. There is one of each topic, a constant {@code TOPIC} of the record that it
 * carries, or of the sealed interface where it carries several. A service that needs only part
 * of a record may define one that reads only that part.
 *
 * @param topic what Kafka knows of it
 * @param type what it carries
 * @param parse reads a key; throws an {@link IllegalArgumentException} that says what a key must be
 * @param keyOf the key that a record must stand under; absent: any
 * @param <K> the keys
 * @param <V> the records
 */
public record TypedTopic<K, V>(
        Topic topic,
        Class<V> type,
        Function<String, K> parse,
        @Nullable Function<V, K> keyOf) {

    /** One whose keys say nothing that a record has to agree with. */
    public static <V> TypedTopic<String, V> ofAnyKey(Topic topic, Class<V> type) {
        return new TypedTopic<>(topic, type, Function.identity(), null);
    }
}
