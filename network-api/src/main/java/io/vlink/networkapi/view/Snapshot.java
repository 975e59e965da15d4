package io.vlink.networkapi.view;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that passes a filter, by kind and key, each in its state when it is read. Used by one thread. */
final class Snapshot implements Iterator<Follower.StreamItem.SnapshotItem> {

    private final Filter filter;
    private final Function<ChangeKind, RecordTable<? extends Record>> tables;
    private final Iterator<ChangeKind> kinds;
    private ChangeKind kind = ChangeKind.NODE;
    private Iterator<? extends Map.Entry<String, ? extends Record>> entries = Collections.emptyIterator();
    private Follower.StreamItem.@Nullable SnapshotItem next;

    Snapshot(Filter filter, Function<ChangeKind, RecordTable<? extends Record>> tables) {
        this.filter = filter;
        this.tables = tables;
        this.kinds = Stream.of(ChangeKind.values()).filter(filter::allows).iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (entries.hasNext()) {
                Map.Entry<String, ? extends Record> entry = entries.next();
                if (filter.allows(kind, entry.getKey())) {
                    next = new Follower.StreamItem.SnapshotItem(kind, entry.getKey(), entry.getValue());
                }
            } else if (kinds.hasNext()) {
                kind = kinds.next();
                entries = tables.apply(kind).entries();
            } else {
                return false;
            }
        }
        return true;
    }

    @Override
    public Follower.StreamItem.SnapshotItem next() {
        Follower.StreamItem.SnapshotItem shown = hasNext() ? next : null;
        if (shown == null) {
            throw new NoSuchElementException("The snapshot has no more entries.");
        }
        next = null;
        return shown;
    }
}
