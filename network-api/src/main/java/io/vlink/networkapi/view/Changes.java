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
 * The change log: the recent changes, in the order in which this instance read them. The number kept is bounded, and all followers
 * share them, so a slow follower costs no memory. Written by one thread, after the {@link View}; read by any.
 */
public final class Changes {

    /**
     * Longest absence after which a follower can continue. Kafka keeps tombstones for a day; a follower away for longer
     * may have missed deletions.
     */
    static final Duration LONGEST_ABSENCE = Duration.ofHours(12);

    private final @Nullable Change[] ring;
    private Position end;
    /** The position after all changes that were dropped. */
    private Position begin;

    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private long head;

    /** Makes an empty buffer for {@code room} changes. */
    public Changes(int room, int partitions) {
        this.ring = new Change[room];
        this.end = new Position(partitions, Instant.EPOCH);
        this.begin = new Position(partitions, Instant.EPOCH);
    }

    /**
     * The place where a follower begins to read.
     *
     * @param gap why earlier changes are incomplete and a snapshot is needed; null if none is needed
     */
    public record Entrance(
            long sequence, Position position, @Nullable String gap) {}

    /** Adds changes and notifies the listeners. */
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

    /**
     * Drops everything after Kafka's data was replaced. Earlier positions are invalid; every follower gets a snapshot.
     */
    public void drop() {
        synchronized (this) {
            Arrays.fill(ring, null);
            head += ring.length + 1L;
            end = new Position(end.partitions(), Instant.EPOCH);
            begin = new Position(end.partitions(), Instant.EPOCH);
        }
        listeners.forEach(Runnable::run);
    }

    /** Adds a listener, called after each change on the writer's thread. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void leave(Runnable listener) {
        listeners.remove(listener);
    }

    /** Returns the entrance for a follower that begins now. */
    public synchronized Entrance now(Instant now) {
        return new Entrance(head, end.copy(now), null);
    }

    /** Returns the entrance for a follower that continues after {@code position}. */
    public synchronized Entrance after(Position position, Instant now) {
        String gap = gap(position, now);
        return gap == null
                ? new Entrance(Math.max(0, head - ring.length), position, null)
                : new Entrance(head, end.copy(now), gap);
    }

    private @Nullable String gap(Position position, Instant now) {
        if (position.partitions() != end.partitions()) {
            return "The number of partitions has changed since then.";
        }
        if (!position.countsAllKinds()) {
            return "New kinds of events exist since then.";
        }
        if (!end.isNotBehind(position)) {
            return "The topics were recreated since then, or this instance has not read that far yet.";
        }
        if (!position.isNotBehind(begin)) {
            return "The changes since then are no longer kept.";
        }
        return position.at().plus(LONGEST_ABSENCE).isBefore(now)
                ? "The position is too old; deletions since then may be lost."
                : null;
    }

    /** Returns at most {@code most} changes from {@code sequence} on; null if those were dropped already. */
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
