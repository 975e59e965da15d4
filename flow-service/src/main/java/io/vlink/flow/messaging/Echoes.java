package io.vlink.flow.messaging;

import io.vlink.events.Topic;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records written here that are on their way through the log. One that comes back with the same bytes need not be parsed.
 * Belongs to one thread.
 */
final class Echoes {

    private final Map<Topic, Map<String, Deque<byte[]>>> underway = new EnumMap<>(Topic.class);

    void wrote(Topic topic, String key, byte[] value) {
        underway.computeIfAbsent(topic, t -> new HashMap<>())
                .computeIfAbsent(key, k -> new ArrayDeque<>(2))
                .add(value);
    }

    /** Returns whether a record is the next own one under its key. If so, it is no longer expected. */
    boolean isNext(Topic topic, String key, byte @Nullable [] value) {
        Map<String, Deque<byte[]>> ofTopic = underway.getOrDefault(topic, Map.of());
        Deque<byte[]> expected = ofTopic.get(key);
        if (expected == null || !Arrays.equals(expected.peek(), value)) {
            return false;
        }
        expected.remove();
        if (expected.isEmpty()) {
            ofTopic.remove(key);
        }
        return true;
    }
}
