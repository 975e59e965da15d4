package io.vlink.networkapi.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * The last changes, in the order in which this instance took them in: as many as there is room for, shared by all who
 * follow them, so that a slow one costs nothing. Written by one thread, after the {@link View}; read by any.
 */
public final class Changes {

    /** Kafka keeps tombstones for a day; who was away for longer may have missed that something went. */
    static final Duration LONGEST_ABSENCE = Duration.ofHours(12);

    private final @Nullable Change[] ring;
    private Position end;
    /** Behind every change that there was no more room for. */
    private Position begin;

    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private long head;

    /** Makes an empty one, with room for so many. */
    public Changes(int room, int partitions) {
        this.ring = new Change[room];
        this.end = new Position(partitions, Instant.EPOCH);
        this.begin = new Position(partitions, Instant.EPOCH);
    }

    /**
     * Where somebody goes on to read.
     *
     * @param gap why what came before cannot be told whole, so that the view must be shown instead; absent where it can
     */
    public record Entrance(
            long sequence, Position position, @Nullable String gap) {}

    /** Takes changes in, and tells those who listen. */
    public void add(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        synchronized (this) {
            for (Change change : changes) {
                int slot = (int) (head % ring.length);
                Change lost = ring[slot];
                if (lost != null) {
                    begin.pass(lost, Instant.EPOCH);
                }
                ring[slot] = change;
                end.pass(change, Instant.EPOCH);
                head++;
            }
        }
        listeners.forEach(Runnable::run);
    }

    /** Kafka's data is another: nobody's place means anything any more, and everybody is shown what there is. */
    public void forget() {
        synchronized (this) {
            Arrays.fill(ring, null);
            head += ring.length + 1L;
            end = new Position(end.partitions(), Instant.EPOCH);
            begin = new Position(end.partitions(), Instant.EPOCH);
        }
        listeners.forEach(Runnable::run);
    }

    /** {@code listener} is called after each change, on the writer's thread. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void leave(Runnable listener) {
        listeners.remove(listener);
    }

    /** Where one enters who wants only what comes from now on. */
    public synchronized Entrance now(Instant now) {
        return new Entrance(head, end.copy(now), null);
    }

    /** Where one enters who has read as far as {@code position}. */
    public synchronized Entrance after(Position position, Instant now) {
        String gap = gap(position, now);
        return gap == null
                ? new Entrance(Math.max(0, head - ring.length), position, null)
                : new Entrance(head, end.copy(now), gap);
    }

    private @Nullable String gap(Position position, Instant now) {
        if (position.partitions() != end.partitions()) {
            return "The topics had another number of partitions then.";
        }
        if (!position.countsAllKinds()) {
            return "There are more kinds than then.";
        }
        if (!end.isNotBehind(position)) {
            return "The topics were made anew since, or this instance has not read so far yet.";
        }
        if (!position.isNotBehind(begin)) {
            return "More has changed since than is kept, or compaction has passed.";
        }
        return position.at().plus(LONGEST_ABSENCE).isBefore(now)
                ? "It was too long ago; deletions are forgotten."
                : null;
    }

    /** The next changes from {@code sequence} on, at most so many; absent: those are lost already. */
    synchronized @Nullable List<Change> read(long sequence, int most) {
        if (sequence < head - ring.length) {
            return null;
        }
        List<Change> changes = new ArrayList<>();
        for (long at = sequence; at < head && changes.size() < most; at++) {
            Change change = ring[(int) (at % ring.length)];
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }
}
