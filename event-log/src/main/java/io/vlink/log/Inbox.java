package io.vlink.log;

import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a service takes in of which topic: keys and values are read, and held against each other, before anybody is given them.
 * Belongs to one thread.
 */
public final class Inbox {

    /** Takes in one record of a topic. */
    @FunctionalInterface
    public interface Taker<K, V> {
        /**
         * Takes it in.
         *
         * @param value absent: a tombstone
         * @param entry the record itself
         * @throws UnreadableEvent if it cannot be what it says it is; so does an {@link IllegalArgumentException}
         */
        void take(K key, @Nullable V value, Entry entry) throws UnreadableEvent;
    }

    /** Takes in one record whose value is not read yet: for who does not need each, or minds what cannot be read. */
    @FunctionalInterface
    public interface KeyTaker<K> {
        /**
         * Takes it in; {@link Inbox#value} reads the rest.
         *
         * @throws UnreadableEvent if it cannot be what it says it is; so does an {@link IllegalArgumentException}
         */
        void take(K key, Entry entry) throws UnreadableEvent;
    }

    /** Takes in one record as it stands, whatever it is. */
    @FunctionalInterface
    public interface EntryTaker {
        /** Takes it in. */
        void take(Entry entry) throws UnreadableEvent;
    }

    /** Told of each record that nobody could take in. */
    @FunctionalInterface
    public interface Refusal {
        /**
         * Takes note of one.
         *
         * @param reason why, for people
         */
        void refused(Entry entry, String reason);
    }

    private final Map<Topic, EntryTaker> takers = new EnumMap<>(Topic.class);

    /** Has {@code taker} take in a topic. */
    public <K, V> Inbox on(TypedTopic<K, V> topic, Taker<K, V> taker) {
        return onKey(topic, (key, entry) -> taker.take(key, value(topic, key, entry), entry));
    }

    /** The same where values are read by the taker. */
    public <K, V> Inbox onKey(TypedTopic<K, V> topic, KeyTaker<K> taker) {
        return onEntry(topic, entry -> taker.take(key(topic, entry), entry));
    }

    /** The same where nothing is read before. */
    public Inbox onEntry(TypedTopic<?, ?> topic, EntryTaker taker) {
        takers.put(topic.topic(), taker);
        return this;
    }

    /** All that it takes in. */
    public Set<Topic> topics() {
        return Set.copyOf(takers.keySet());
    }

    /**
     * Has a record taken in.
     *
     * @param refusal told if it cannot be
     * @throws IllegalStateException if nobody asked for its topic
     */
    public void take(Entry entry, Refusal refusal) {
        EntryTaker taker = takers.get(entry.topic());
        if (taker == null) {
            throw new IllegalStateException("The topic %s was never asked for.".formatted(entry.topic()));
        }
        try {
            taker.take(entry);
        } catch (UnreadableEvent | IllegalArgumentException e) {
            refusal.refused(entry, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static <K, V> K key(TypedTopic<K, V> topic, Entry entry) throws UnreadableEvent {
        String key = entry.key();
        if (key == null) {
            throw new UnreadableEvent("The record has no key.");
        }
        return topic.parse().apply(key);
    }

    /**
     * Reads the value of a record.
     *
     * @return absent: it is a tombstone
     * @throws UnreadableEvent if it is not what its topic carries, or speaks of something else than its key
     */
    public static <K, V> @Nullable V value(TypedTopic<K, V> topic, K key, Entry entry) throws UnreadableEvent {
        if (entry.value() == null) {
            return null;
        }
        V value = EventJson.read(entry, topic.type());
        if (topic.keyOf() != null) {
            K said = topic.keyOf().apply(value);
            if (!key.equals(said)) {
                throw new UnreadableEvent("The record of %s stands under the key %s.".formatted(said, key));
            }
        }
        return value;
    }
}
