package io.vlink.log.halting;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.kafka.KafkaProperties;
import io.vlink.log.schema.Schemas;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tracks records of internal state that this build cannot read because another build wrote them. A record that another
 * one replaced does not matter, so {@link #judge} judges what was read once it was read to its end.
 *
 * <p>Readers on several threads report what they read. {@link #lookAgain} and {@link #drop} belong to one of them.
 */
public final class SchemaWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Map<String, Topic> TOPICS =
            Stream.of(Topic.values()).collect(Collectors.toUnmodifiableMap(Topic::topicName, topic -> topic));

    private final LogConfig config;
    private final Schemas schemas;
    private final Map<RecordKey, UnreadableRecord> strange = new LinkedHashMap<>();
    private volatile boolean any;
    private volatile boolean due;
    private volatile Runnable onDue = () -> {};
    private @Nullable KafkaConsumer<String, byte[]> consumer;

    private record RecordKey(
            TopicPartition partition, @Nullable String key) {}

    private record UnreadableRecord(Topic topic, long offset, int number) {}

    public SchemaWatch(LogConfig config, Schemas schemas) {
        this.config = config;
        this.schemas = schemas;
    }

    /** Calls {@code listener}, on the judging thread, when unreadable records turn out to remain. */
    public void onDue(Runnable listener) {
        onDue = listener;
    }

    /**
     * Whether a record may be processed. A record of a log always may: no state depends on it, and its reader refuses
     * it alone.
     */
    public boolean takes(Entry entry) {
        Topic topic = entry.topic();
        if (!topic.isInternal() || topic.retention() != Topic.Retention.STATE) {
            return true;
        }
        // A tombstone has no shape.
        boolean readable = entry.value() == null || schemas.reads(topic, entry.schema());
        if (any || !readable) {
            note(entry, readable);
        }
        return readable;
    }

    private synchronized void note(Entry entry, boolean readable) {
        Topic topic = entry.topic();
        RecordKey place = new RecordKey(new TopicPartition(topic.topicName(), entry.partition()), entry.key());
        if (readable) {
            strange.remove(place);
        } else {
            strange.put(place, new UnreadableRecord(topic, entry.offset(), entry.schema()));
        }
        any = !strange.isEmpty();
    }

    /**
     * Judges partitions that were read to their end. Returns whether unreadable records remain in them.
     *
     * @param read selects the partitions
     */
    public boolean judge(Predicate<TopicPartition> read) {
        if (!any || due || !stands(read)) {
            return due;
        }
        due = true;
        onDue.run();
        return true;
    }

    private synchronized boolean stands(Predicate<TopicPartition> read) {
        return strange.keySet().stream().anyMatch(place -> read.test(place.partition()));
    }

    /** Whether unreadable records remain, according to the last judgement. */
    boolean isDue() {
        return due;
    }

    /** Drops partitions that others read now, unless this instance is halting. */
    public void leave(Set<TopicPartition> partitions) {
        if (!due) {
            remove(partitions);
        }
    }

    private synchronized void remove(Set<TopicPartition> partitions) {
        strange.keySet().removeIf(place -> partitions.contains(place.partition()));
        any = !strange.isEmpty();
    }

    /** The findings and the remedy, for people; null: nothing was found. Names no network. */
    synchronized @Nullable String words() {
        if (strange.isEmpty()) {
            return null;
        }
        Map.Entry<RecordKey, UnreadableRecord> first =
                strange.entrySet().iterator().next();
        UnreadableRecord one = first.getValue();
        int more = strange.size() - 1;
        return "The record at offset %d of %s, partition %d, %s%s. Another build of Vlink wrote it. No decisions are based on it, and nothing in the switches is touched. %s"
                .formatted(
                        one.offset(),
                        one.topic(),
                        first.getKey().partition().partition(),
                        schemas.words(one.topic(), one.number()),
                        more == 0 ? "" : "; so do %d more records".formatted(more),
                        one.number() > schemas.newest(one.topic())
                                ? "Upgrade this service to the build that wrote it, or a later one."
                                : "Upgrade via a build that reads both, or go back to the one that wrote it.");
    }

    /** Reads the records after the unreadable ones: later ones may have replaced them. */
    void lookAgain() {
        Map<TopicPartition, Long> from = places();
        if (from.isEmpty()) {
            due = false;
            return;
        }
        KafkaConsumer<String, byte[]> reading = reading(from);
        Map<TopicPartition, Long> ends = reading.endOffsets(from.keySet());
        remove(shorter(from, ends));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (from.keySet().stream().anyMatch(of -> reading.position(of) < ends.getOrDefault(of, 0L))
                && System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> record : reading.poll(POLL)) {
                Topic topic = TOPICS.get(record.topic());
                boolean unused = topic == null || takes(Entry.of(topic, record));
            }
        }
        due = any;
    }

    /** Returns the partitions that end before a known record: their data was replaced. */
    private static Set<TopicPartition> shorter(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> shorter = new HashSet<>(from.keySet());
        shorter.removeIf(of -> from.getOrDefault(of, 0L) < ends.getOrDefault(of, 0L));
        return shorter;
    }

    private KafkaConsumer<String, byte[]> reading(Map<TopicPartition, Long> from) {
        KafkaConsumer<String, byte[]> reading = consumer;
        if (reading == null) {
            reading = new KafkaConsumer<>(KafkaProperties.wholeConsumer(config));
            consumer = reading;
        }
        Map<TopicPartition, Long> positions = new HashMap<>(from);
        for (TopicPartition known : reading.assignment()) {
            if (positions.containsKey(known)) {
                positions.put(known, reading.position(known));
            }
        }
        if (!reading.assignment().equals(from.keySet())) {
            reading.assign(from.keySet());
            positions.forEach(reading::seek);
        }
        return reading;
    }

    private synchronized Map<TopicPartition, Long> places() {
        Map<TopicPartition, Long> places = new HashMap<>();
        strange.forEach((place, one) -> places.merge(place.partition(), one.offset(), Math::min));
        return places;
    }

    /** Drops all records, before everything is read again. */
    synchronized void drop() {
        strange.clear();
        any = false;
        due = false;
        close();
    }

    @Override
    public void close() {
        KafkaConsumer<String, byte[]> reading = consumer;
        consumer = null;
        if (reading != null) {
            reading.close();
        }
    }
}
