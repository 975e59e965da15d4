package io.vlink.path.messaging;

import io.vlink.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of a shard that are no longer needed. Their tombstones are not urgent, but each makes every service clean up: they are
 * written together, once in a while. Tombstones lost here are found again when the shard is loaded.
 */
final class DeferredTombstones {

    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The destination of tombstones. */
    interface Tombstones {
        void tombstone(Topic topic, String overlay, String key);
    }

    private record TombstoneKey(Topic topic, String overlay, String key) {}

    private final Set<TombstoneKey> keys = new LinkedHashSet<>();
    private @Nullable Instant dueAt;

    void add(Topic topic, String overlay, String key, Instant now) {
        keys.add(new TombstoneKey(topic, overlay, key));
        if (dueAt == null) {
            dueAt = now.plus(PATIENCE);
        }
    }

    /** Cancels the tombstone of a key that has a new record. */
    void remove(Topic topic, String overlay, String key) {
        keys.remove(new TombstoneKey(topic, overlay, key));
    }

    /** Writes the tombstones if they are due; returns when they will be, null: none is pending. */
    @Nullable Instant flush(Tombstones out, Instant now) {
        if (dueAt != null && !dueAt.isAfter(now)) {
            keys.forEach(key -> out.tombstone(key.topic(), key.overlay(), key.key()));
            keys.clear();
            dueAt = null;
        }
        return dueAt;
    }
}
