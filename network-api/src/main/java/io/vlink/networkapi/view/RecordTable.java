package io.vlink.networkapi.view;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The latest record of each key of one topic, in order of key. Written by one thread, read by any. */
public final class RecordTable<R> {

    private final ConcurrentNavigableMap<String, R> records = new ConcurrentSkipListMap<>();
    private final BiPredicate<R, R> isOlder;

    /**
     * Makes an empty table.
     *
     * @param isOlder whether the first record is older than the second, and so to be dropped
     */
    RecordTable(BiPredicate<R, R> isOlder) {
        this.isOlder = isOlder;
    }

    /** One page of records; {@code next} is the key of its last record, null on the last page. */
    public record Page<R>(List<R> records, @Nullable String next) {}

    /**
     * Stores a record unless it is older than the present one.
     *
     * @param record the record; null removes the present one
     * @return the record now held; null if none
     */
    @Nullable R put(String key, @Nullable R record) {
        if (record == null) {
            records.remove(key);
            return null;
        }
        return records.merge(key, record, (held, next) -> isOlder.test(next, held) ? held : next);
    }

    public Optional<R> get(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** Returns all records with this key prefix, in order of key. */
    public List<R> under(String prefix) {
        return List.copyOf(records.subMap(prefix, prefix + Character.MAX_VALUE).values());
    }

    /**
     * Returns the wanted records with this key prefix, in order of key, after the key {@code after}. Records added or
     * removed meanwhile do not move others between pages.
     *
     * @param limit the most records to return
     */
    public Page<R> page(String prefix, @Nullable String after, int limit, Predicate<R> wanted) {
        List<R> found = new ArrayList<>();
        String last = null;
        String from = after == null || after.compareTo(prefix) < 0 ? prefix : after;
        for (Map.Entry<String, R> entry :
                records.tailMap(from, !from.equals(after)).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            if (wanted.test(entry.getValue())) {
                if (found.size() == limit) {
                    return new Page<>(found, last);
                }
                found.add(entry.getValue());
                last = entry.getKey();
            }
        }
        return new Page<>(found, null);
    }

    /** Returns the keys with this prefix, in order. */
    List<String> keysUnder(String prefix) {
        return List.copyOf(records.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
    }

    List<String> keys() {
        return List.copyOf(records.keySet());
    }

    public List<R> all() {
        return List.copyOf(records.values());
    }

    /** Iterates over all records, each in its state when it is read. */
    Iterator<Map.Entry<String, R>> entries() {
        return records.entrySet().iterator();
    }
}
