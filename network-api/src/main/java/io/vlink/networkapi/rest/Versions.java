package io.vlink.networkapi.rest;

import io.vlink.networkapi.view.View;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The versions of one thing that the view has shown since a write began. The answer to the write shows the writer's own
 * version, although the view may show a later one of somebody else by then. Close it when the answer is known: until
 * then it keeps every version. Thread-safe.
 */
final class Versions implements AutoCloseable {

    private final Target target;
    private final ConcurrentNavigableMap<Long, Target.CurrentState> seen = new ConcurrentSkipListMap<>();
    private final View.Watch watch;

    /** Begins with the version that the view shows now. Must be made before the recorder is asked. */
    Versions(View view, Target target) {
        this.target = target;
        this.watch = view.watch(target.key(), this::look);
        look();
    }

    private void look() {
        target.shown().ifPresent(now -> seen.putIfAbsent(now.generation(), now));
    }

    /** Returns whether the view has shown this generation or a later one. */
    boolean reached(long generation) {
        look();
        return seen.ceilingKey(generation) != null;
    }

    /** Returns the version with this generation; empty if the view has not shown it. */
    Optional<Target.CurrentState> of(long generation) {
        look();
        return Optional.ofNullable(seen.get(generation));
    }

    /** Returns the last version up to this generation; empty if the view has shown none. */
    Optional<Target.CurrentState> upTo(long generation) {
        look();
        Map.Entry<Long, Target.CurrentState> last = seen.floorEntry(generation);
        return last == null ? Optional.empty() : Optional.of(last.getValue());
    }

    @Override
    public void close() {
        watch.close();
    }
}
