package io.vlink.flow.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the log under a key that we write: our last word, once all of ours was read back. Another's record (of an
 * owner before us that wakes up late) shows by not being the next one that we wait to read back.
 */
public final class OwnRecord<T> {

    private @Nullable T value;
    private final Deque<Optional<T>> underway = new ArrayDeque<>(2);

    /** Absent where nothing stands there, or a tombstone. */
    public @Nullable T value() {
        return value;
    }

    /** We wrote this; null: a tombstone. */
    public void wrote(@Nullable T next) {
        value = next;
        underway.add(Optional.ofNullable(next));
    }

    /**
     * This was read; null: a tombstone.
     *
     * @return whether it stands there against our last word, which it now replaces in {@link #value}
     */
    public boolean read(@Nullable T read) {
        if (!underway.isEmpty()) {
            // What is not the next of ours is another's; but ours are behind it in the log, so they have the last word.
            if (Objects.equals(underway.peek().orElse(null), read)) {
                underway.remove();
            }
            return false;
        }
        if (Objects.equals(value, read)) {
            return false;
        }
        value = read;
        return true;
    }

    /** The next of ours was read, known by its very bytes. */
    public void readOwn() {
        underway.poll();
    }

    /** Nothing stands there, and nothing of ours is on its way. */
    public boolean isGone() {
        return value == null && underway.isEmpty();
    }
}
