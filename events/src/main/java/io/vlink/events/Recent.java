package io.vlink.events;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache of recently parsed values. The same few names, ids and labels occur in record after record, and need not be
 * parsed or stored more than once. An evicted text is parsed again. Thread-safe.
 *
 * @param <T> an immutable value
 */
public final class Recent<T> {

    private final AtomicReferenceArray<@Nullable Read<T>> reads;
    private final Function<String, T> parser;

    private record Read<T>(String text, T value) {}

    /**
     * Creates an empty cache.
     *
     * @param size the largest number of values kept; a power of two
     */
    public Recent(int size, Function<String, T> parser) {
        this.reads = new AtomicReferenceArray<>(size);
        this.parser = parser;
    }

    /** Returns the value of a text. Throws what the parser throws; nothing is cached then. */
    public T of(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 16) & (reads.length() - 1);
        Read<T> known = reads.getPlain(slot);
        if (known != null && known.text().equals(text)) {
            return known.value();
        }
        T value = parser.apply(text);
        reads.setRelease(slot, new Read<>(text, value));
        return value;
    }
}
