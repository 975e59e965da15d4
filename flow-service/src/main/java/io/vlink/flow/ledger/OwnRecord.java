package io.vlink.flow.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record in the log under a key that this owner writes: the last one written, once all were read back. A record of another
 * owner (a former one that wakes up late) is recognised by not being the next one expected.
 */
public final class OwnRecord<T> {

    private @Nullable T value;
    private final Deque<Optional<T>> underway = new ArrayDeque<>(2);

    /** Returns the present value; absent: no record, or a tombstone. */
    public @Nullable T value() {
        return value;
    }

    /** Records what was written here; null: a tombstone. */
    public void wrote(@Nullable T next) {
        value = next;
        underway.add(Optional.ofNullable(next));
    }

    /**
     * Processes a record that was read; null: a tombstone.
     *
     * @return whether it is another owner's and has replaced the last one written here, in the log and in
     *     {@link #value}
     */
    public boolean read(@Nullable T read) {
        if (!underway.isEmpty()) {
            // Another owner's record, if it is not the next expected. Ours follow it in the log and win.
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

    /** Records that the next own record was read, recognised by its bytes. */
    public void readOwn() {
        underway.poll();
    }

    /** Returns whether there is no record, and none is on its way. */
    public boolean isRemoved() {
        return value == null && underway.isEmpty();
    }
}
