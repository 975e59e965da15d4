package io.vlink.networkapi.view;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The last record of each key of one topic. Written by one thread, read by any. */
public final class Table<R> {

    private final ConcurrentNavigableMap<String, R> records = new ConcurrentSkipListMap<>();
    private final BiPredicate<R, R> isOlder;

    /**
     * Makes an empty table.
     *
     * @param isOlder whether the first record is older news than the second, and so to be dropped
     */
    Table(BiPredicate<R, R> isOlder) {
        this.isOlder = isOlder;
    }

    void put(String key, @Nullable R record) {
        if (record == null) {
            records.remove(key);
            return;
        }
        R held = records.get(key);
        if (held == null || !isOlder.test(record, held)) {
            records.put(key, record);
        }
    }

    public Optional<R> get(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** All whose key begins so, in the order of keys. */
    public List<R> under(String prefix) {
        return List.copyOf(records.subMap(prefix, prefix + Character.MAX_VALUE).values());
    }

    public List<R> all() {
        return List.copyOf(records.values());
    }
}
