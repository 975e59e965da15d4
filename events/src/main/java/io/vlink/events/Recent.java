package io.vlink.events;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that texts were read as a moment ago: the same few names, ids and labels stand in record after record, and need be
 * neither parsed nor kept more than once. What is forgotten is read anew. Thread-safe.
 *
 * @param <T> an immutable value
 */
public final class Recent<T> {

    private final AtomicReferenceArray<@Nullable Read<T>> reads;
    private final Function<String, T> parser;

    private record Read<T>(String text, T value) {}

    /**
     * Makes an empty one.
     *
     * @param size how many values are kept at most; a power of two
     */
    public Recent(int size, Function<String, T> parser) {
        this.reads = new AtomicReferenceArray<>(size);
        this.parser = parser;
    }

    /** What the text says. Throws whatever the parser does; nothing is kept then. */
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
