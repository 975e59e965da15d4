package io.vlink.log;

import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.log.schema.UnreadableEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a service takes in. Keys and values are parsed, and checked against each other, before they are
 * passed on. Not thread-safe.
 */
public final class Inbox {

    /** Handles the records of a topic. */
    @FunctionalInterface
    public interface RecordHandler<K, V> {
        /**
         * Handles one record.
         *
         * @param value null: a tombstone
         * @param entry the record itself
         * @throws UnreadableEvent if the record is not valid; an {@link IllegalArgumentException} means the same
         */
        void take(K key, @Nullable V value, Entry entry) throws UnreadableEvent;
    }

    /**
     * Handles records whose values are not parsed yet: for code that does not need each value, or handles unreadable
     * ones itself.
     */
    @FunctionalInterface
    public interface KeyTaker<K> {
        /**
         * Handles one record; {@link Inbox#value} parses the value.
         *
         * @throws UnreadableEvent if the record is not valid; an {@link IllegalArgumentException} means the same
         */
        void take(K key, Entry entry) throws UnreadableEvent;
    }

    /** Handles one unparsed record. */
    @FunctionalInterface
    public interface EntryHandler {
        /** Handles one record. */
        void take(Entry entry) throws UnreadableEvent;
    }

    /** Receives each record that could not be accepted. */
    @FunctionalInterface
    public interface RefusalListener {
        /**
         * Handles one such record.
         *
         * @param reason why, for people
         */
        void refused(Entry entry, String reason);
    }

    private final Map<Topic, EntryHandler> takers = new EnumMap<>(Topic.class);

    /** Registers the handler of a topic. */
    public <K, V> Inbox on(TypedTopic<K, V> topic, RecordHandler<K, V> taker) {
        return onKey(topic, (key, entry) -> taker.take(key, value(topic, key, entry), entry));
    }

    /** Registers a handler that parses values itself. */
    public <K, V> Inbox onKey(TypedTopic<K, V> topic, KeyTaker<K> taker) {
        return onEntry(topic, entry -> taker.take(key(topic, entry), entry));
    }

    /** Registers a handler that parses keys and values itself. */
    public Inbox onEntry(TypedTopic<?, ?> topic, EntryHandler taker) {
        takers.put(topic.topic(), taker);
        return this;
    }

    /** All topics that have a handler. */
    public Set<Topic> topics() {
        return Set.copyOf(takers.keySet());
    }

    /**
     * Passes a record to its handler.
     *
     * @param refusal called if the record cannot be accepted
     * @throws IllegalStateException if its topic has no handler
     */
    public void take(Entry entry, RefusalListener refusal) {
        EntryHandler taker = takers.get(entry.topic());
        if (taker == null) {
            throw new IllegalStateException("The topic %s has no handler.".formatted(entry.topic()));
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
     * Parses the value of a record.
     *
     * @return null: it is a tombstone
     * @throws UnreadableEvent if it is not what its topic carries, or contradicts its key
     */
    public static <K, V> @Nullable V value(TypedTopic<K, V> topic, K key, Entry entry) throws UnreadableEvent {
        if (entry.value() == null) {
            return null;
        }
        V value = EventJson.read(entry, topic.type());
        if (topic.keyOf() != null) {
            K said = topic.keyOf().apply(value);
            if (!key.equals(said)) {
                throw new UnreadableEvent("The record of %s has the key %s.".formatted(said, key));
            }
        }
        return value;
    }
}
