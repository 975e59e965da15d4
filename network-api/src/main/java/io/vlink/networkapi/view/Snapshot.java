package io.vlink.networkapi.view;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that passes a filter, by kind and key, each in its state when it is read. Used by one thread. */
final class Snapshot implements Iterator<Follower.Step.Shown> {

    private final Filter filter;
    private final Function<Kind, Table<? extends Record>> tables;
    private final Iterator<Kind> kinds;
    private Kind kind = Kind.NODE;
    private Iterator<? extends Map.Entry<String, ? extends Record>> entries = Collections.emptyIterator();
    private Follower.Step.@Nullable Shown next;

    Snapshot(Filter filter, Function<Kind, Table<? extends Record>> tables) {
        this.filter = filter;
        this.tables = tables;
        this.kinds = Stream.of(Kind.values()).filter(filter::allows).iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (entries.hasNext()) {
                Map.Entry<String, ? extends Record> entry = entries.next();
                if (filter.allows(kind, entry.getKey())) {
                    next = new Follower.Step.Shown(kind, entry.getKey(), entry.getValue());
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
    public Follower.Step.Shown next() {
        Follower.Step.Shown shown = hasNext() ? next : null;
        if (shown == null) {
            throw new NoSuchElementException("The snapshot has no more entries.");
        }
        next = null;
        return shown;
    }
}
