package io.vlink.path.messaging;

import io.vlink.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of a shard that nobody needs any more. Nobody waits for their end either, but each one sets every service in
 * motion to tidy up behind it: so they go together, once in a while. What is lost here is found anew when the shard is
 * loaded again.
 */
final class Forgotten {

    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Where tombstones go. */
    interface Tombstones {
        void tombstone(Topic topic, String overlay, String key);
    }

    private record Key(Topic topic, String overlay, String key) {}

    private final Set<Key> keys = new LinkedHashSet<>();
    private @Nullable Instant dueAt;

    void add(Topic topic, String overlay, String key, Instant now) {
        keys.add(new Key(topic, overlay, key));
        if (dueAt == null) {
            dueAt = now.plus(PATIENCE);
        }
    }

    /** It stands there anew. */
    void remove(Topic topic, String overlay, String key) {
        keys.remove(new Key(topic, overlay, key));
    }

    /** Puts their tombstones out if it is time; returns when it will be, null where nothing waits. */
    @Nullable Instant flush(Tombstones out, Instant now) {
        if (dueAt != null && !dueAt.isAfter(now)) {
            keys.forEach(key -> out.tombstone(key.topic(), key.overlay(), key.key()));
            keys.clear();
            dueAt = null;
        }
        return dueAt;
    }
}
