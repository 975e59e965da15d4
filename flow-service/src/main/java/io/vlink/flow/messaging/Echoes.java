package io.vlink.flow.messaging;

import io.vlink.events.Topic;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of ours that are on their way through the log. One that comes back with the very bytes that we wrote need not be
 * parsed. Belongs to one thread.
 */
final class Echoes {

    private record Key(Topic topic, String key) {}

    private final Map<Key, Deque<byte[]>> underway = new HashMap<>();

    void wrote(Topic topic, String key, byte[] value) {
        underway.computeIfAbsent(new Key(topic, key), k -> new ArrayDeque<>(2)).add(value);
    }

    /** Whether a record is the next of ours under its key, which is expected no more from then on. */
    boolean isNext(Topic topic, String key, byte @Nullable [] value) {
        Key known = new Key(topic, key);
        Deque<byte[]> expected = underway.get(known);
        if (expected == null || !Arrays.equals(expected.peek(), value)) {
            return false;
        }
        expected.remove();
        if (expected.isEmpty()) {
            underway.remove(known);
        }
        return true;
    }
}
