package io.vlink.log;

import io.vlink.events.Topic;
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
 * The shards that an instance owns now, and which of them serve: those that were read to their end once the topics that are
 * read whole were, too. Keeps what stands in these topics, for shards that come later. Belongs to the thread that has the turn, but
 * for {@link #serving}, {@link #isServing} and {@link #onServing}, which are for any thread.
 */
final class OwnedShards<S extends Shard> {

    private final Map<Integer, OwnedShard<S>> owned = new HashMap<>();
    /** The last record of each key of the whole topics, for shards that come later. */
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

    /** Has {@code listener} called in the turn in which other partition numbers are served than before. */
    void onServing(Runnable listener) {
        onServing = listener;
    }

    /** Absent where the partition number is not owned. */
    @Nullable OwnedShard<S> of(int partition) {
        return owned.get(partition);
    }

    Collection<OwnedShard<S>> all() {
        return owned.values();
    }

    /** The earliest time at which any wants its turn though nothing comes in; {@link Instant#MAX}: none does. */
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

    // ---- what comes and goes

    /** This instance is a member of its group from now on. */
    void join() {
        joined = true;
    }

    /** Takes in a shard that was told nothing yet, in the place of an earlier one of that partition number. */
    void add(int partition, OwnedShard<S> shard) {
        wholeState.values().forEach(entries -> entries.values().forEach(shard::onWhole));
        drop(partition, false);
        owned.put(partition, shard);
    }

    /** A partition number was read to its end; see {@link OwnedShard#readToEnd}. */
    void readToEnd(int partition, Map<Topic, Long> ends, @Nullable String suite, int generation, LastTransaction last) {
        OwnedShard<S> shard = owned.get(partition);
        if (shard != null) {
            shard.readToEnd(ends, suite, generation, last, wholeLoaded);
            updateServing();
        }
    }

    /** Lets some go in order: what they wrote is committed. */
    void revoke(Set<Integer> partitions) {
        partitions.forEach(partition -> drop(partition, true));
        updateServing();
    }

    /** Lets all go in order: this instance is no member of its group any more. */
    void leave() {
        dropAll(true);
        joined = false;
        updateServing();
    }

    /**
     * Lets all go.
     *
     * @param orderly whether what they wrote is committed
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

    // ---- what is read whole, and told to all

    /** Takes in records of topics that are read whole. */
    void onWhole(List<Entry> batch) {
        batch.forEach(this::keep);
        batch.forEach(entry -> owned.values().forEach(shard -> shard.onWhole(entry)));
    }

    /** Forgets what stood in the topics that are read whole: all comes again. */
    void forgetWhole() {
        wholeState.clear();
        wholeLoaded = false;
        updateServing();
    }

    /** The topics that are read whole were read to their end. */
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

    /** Works out which of them serve, and tells the listener where that has changed. */
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
