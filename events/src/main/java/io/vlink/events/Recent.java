package io.vlink.events;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache of recently derived values. The same few names, ids, labels and times occur in record after record, and need
 * not be parsed, written or stored more than once. An evicted value is derived again. Thread-safe.
 *
 * @param <K> what a value is derived from, such as its text; immutable
 * @param <V> an immutable value
 */
public final class Recent<K, V> {

    private final AtomicReferenceArray<@Nullable Derived<K, V>> derived;
    private final Function<K, V> function;

    private record Derived<K, V>(K key, V value) {}

    /**
     * Creates an empty cache.
     *
     * @param size the largest number of values kept; a power of two
     * @param function derives a value
     */
    public Recent(int size, Function<K, V> function) {
        this.derived = new AtomicReferenceArray<>(size);
        this.function = function;
    }

    /** Returns the value of a key. Throws what the function throws; nothing is cached then. */
    public V of(K key) {
        int hash = key.hashCode();
        int slot = (hash ^ hash >>> 16) & (derived.length() - 1);
        Derived<K, V> known = derived.getPlain(slot);
        if (known != null && known.key().equals(key)) {
            return known.value();
        }
        V value = function.apply(key);
        derived.setRelease(slot, new Derived<>(key, value));
        return value;
    }
}
