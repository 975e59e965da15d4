package io.vlink.networkapi.messaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * What waits for a turn, by overlay. Each overlay keeps its order. Overlays take turns, so a long queue of one delays
 * another by one entry only. Not thread-safe.
 */
final class OverlayQueues<T> {

    /** The overlay whose turn is next comes first. */
    private final Map<String, Deque<T>> queues = new LinkedHashMap<>();

    void add(String overlay, T one) {
        queue(overlay).addLast(one);
    }

    /** Puts an entry before all others of its overlay. */
    void putBack(String overlay, T one) {
        queue(overlay).addFirst(one);
    }

    private Deque<T> queue(String overlay) {
        return queues.computeIfAbsent(overlay, key -> new ArrayDeque<>());
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** Removes the first entry of the overlay whose turn it is. */
    T next() {
        Iterator<Map.Entry<String, Deque<T>>> first = queues.entrySet().iterator();
        if (!first.hasNext()) {
            throw new NoSuchElementException("Nothing waits.");
        }
        Map.Entry<String, Deque<T>> due = first.next();
        String overlay = due.getKey();
        Deque<T> queue = due.getValue();
        first.remove();
        T one = queue.removeFirst();
        if (!queue.isEmpty()) {
            queues.put(overlay, queue); // behind the other overlays
        }
        return one;
    }

    /** Passes all entries on, and keeps them. */
    void forEach(Consumer<T> taker) {
        queues.values().forEach(queue -> queue.forEach(taker));
    }

    /** Removes all entries. */
    void drainTo(Consumer<T> taker) {
        forEach(taker);
        queues.clear();
    }
}
