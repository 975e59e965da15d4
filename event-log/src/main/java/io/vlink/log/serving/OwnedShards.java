package io.vlink.log.serving;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.Shard;
import io.vlink.log.writing.LastTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shards that an instance owns now, and those of them that serve: a shard serves once it and the topics that are
 * read whole were read to their end. Keeps the state of these topics for shards that are added later. Confined to the
 * thread that has the turn, except {@link #serving}, {@link #isServing} and {@link #onServing}, which are thread-safe.
 */
final class OwnedShards<S extends Shard> {

    private final Map<Integer, OwnedShard<S>> owned = new HashMap<>();
    /** The last record of each key of the whole topics, for shards that are added later. */
    private final Map<Topic, Map<@Nullable String, Entry>> wholeState = new EnumMap<>(Topic.class);

    private boolean wholeLoaded;
    private boolean joined;
    private volatile Set<Integer> serving = Set.of();
    private volatile boolean servingAll;
    private volatile Runnable onServing = () -> {};

    /** The partition numbers that are owned and loaded. */
    Set<Integer> serving() {
        return serving;
    }

    /** Whether this instance is a member of its group, and all that it owns is loaded. */
    boolean isServing() {
        return servingAll;
    }

    /** Calls {@code listener} in the turn in which the served partition numbers change. */
    void onServing(Runnable listener) {
        onServing = listener;
    }

    /** Returns the shard; null if the partition number is not owned. */
    @Nullable OwnedShard<S> of(int partition) {
        return owned.get(partition);
    }

    Collection<OwnedShard<S>> all() {
        return owned.values();
    }

    /** The earliest time of a turn that any shard needs even without input; {@link Instant#MAX}: none. */
    Instant nextTimer() {
        Instant next = Instant.MAX;
        for (OwnedShard<S> shard : owned.values()) {
            Instant wanted = shard.wakeAt();
            if (wanted.isBefore(next)) {
                next = wanted;
            }
        }
        return next;
    }

    // ---- owned shards

    /** Marks this instance as a member of its group. */
    void join() {
        joined = true;
    }

    /** Adds a new shard, in place of an earlier one of that partition number. */
    void add(int partition, OwnedShard<S> shard) {
        wholeState.values().forEach(entries -> entries.values().forEach(shard::onWhole));
        drop(partition, false);
        owned.put(partition, shard);
    }

    /** Records that a partition number was read to its end; see {@link OwnedShard#readToEnd}. */
    void readToEnd(int partition, Map<Topic, Long> ends, @Nullable String suite, int generation, LastTransaction last) {
        OwnedShard<S> shard = owned.get(partition);
        if (shard != null) {
            shard.readToEnd(ends, suite, generation, last, wholeLoaded);
            updateServing();
        }
    }

    /** Drops shards cleanly: their output is committed. */
    void revoke(Set<Integer> partitions) {
        partitions.forEach(partition -> drop(partition, true));
        updateServing();
    }

    /** Drops all shards cleanly, and marks this instance as not a member of its group. */
    void leave() {
        dropAll(true);
        joined = false;
        updateServing();
    }

    /**
     * Drops all shards.
     *
     * @param orderly whether their output is committed
     */
    void dropAll(boolean orderly) {
        List.copyOf(owned.keySet()).forEach(partition -> drop(partition, orderly));
    }

    private void drop(int partition, boolean orderly) {
        OwnedShard<S> shard = owned.remove(partition);
        if (shard != null) {
            shard.close(orderly);
        }
    }

    // ---- topics that are read whole, for all shards

    /** Processes records of topics that are read whole. */
    void onWhole(List<Entry> batch) {
        batch.forEach(this::keep);
        batch.forEach(entry -> owned.values().forEach(shard -> shard.onWhole(entry)));
    }

    /** Drops the state of the topics that are read whole, before they are read again. */
    void dropWhole() {
        wholeState.clear();
        wholeLoaded = false;
        updateServing();
    }

    /** Records that the topics that are read whole were read to their end. */
    void wholeLoaded() {
        wholeLoaded = true;
        owned.values().forEach(OwnedShard::wholeLoaded);
        updateServing();
    }

    private void keep(Entry entry) {
        if (entry.topic().retention() == Topic.Retention.STATE) {
            Map<@Nullable String, Entry> entries =
                    wholeState.computeIfAbsent(entry.topic(), topic -> new LinkedHashMap<>());
            if (entry.value() == null) {
                entries.remove(entry.key());
            } else {
                entries.put(entry.key(), entry);
            }
        }
    }

    /** Determines the serving shards, and calls the listener if they changed. */
    void updateServing() {
        Set<Integer> before = serving;
        serving = Set.copyOf(owned.entrySet().stream()
                .filter(e -> e.getValue().serving())
                .map(Map.Entry::getKey)
                .toList());
        servingAll = joined && wholeLoaded && serving.size() == owned.size();
        if (!serving.equals(before)) {
            onServing.run();
        }
    }
}
