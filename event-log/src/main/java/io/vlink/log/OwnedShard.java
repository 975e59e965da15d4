package io.vlink.log;

import io.vlink.events.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A shard and how far it is: read to its end or not, touched or not. Belongs to the deciding thread. */
final class OwnedShard<S extends Shard> {

    private final int partition;
    private final S shard;
    private final @Nullable Writer writer;
    private final Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
    private boolean readToEnd;
    private boolean serving;
    private boolean touched;
    private @Nullable Instant wakeAt;

    OwnedShard(int partition, S shard, @Nullable Writer writer) {
        this.partition = partition;
        this.shard = shard;
        this.writer = writer;
    }

    S shard() {
        return shard;
    }

    /** Absent where the log is not fenced. */
    @Nullable Writer writer() {
        return writer;
    }

    boolean serving() {
        return serving;
    }

    void touch() {
        touched = true;
    }

    void on(Entry entry) {
        onWhole(entry);
        if (entry.topic().retention() == Topic.Retention.LOG) {
            consumed.put(
                    new TopicPartition(entry.topic().topicName(), partition),
                    new OffsetAndMetadata(entry.offset() + 1));
        }
    }

    /** A record of a topic that is read whole: no offset of it is ever committed. */
    void onWhole(Entry entry) {
        shard.on(entry);
        touched = true;
    }

    void readToEnd(Map<Topic, Long> ends, boolean wholeLoaded) {
        ends.forEach(shard::endsAt);
        readToEnd = true;
        if (wholeLoaded) {
            wholeLoaded();
        }
    }

    void wholeLoaded() {
        if (readToEnd && !serving) {
            serving = true;
            touched = true;
            shard.loaded();
        }
    }

    /** When it wants to act though nothing came in; null: never, or not while loading. */
    @Nullable Instant wakeAt() {
        return serving ? wakeAt : null;
    }

    boolean isDue(Instant now) {
        return serving && (touched || (wakeAt != null && !wakeAt.isAfter(now)));
    }

    void act(Outbox outbox, Instant now) {
        touched = false;
        wakeAt = shard.act(outbox, now);
    }

    boolean hasNews(Outbox outbox) {
        return !outbox.records().isEmpty() || !consumed.isEmpty() || outbox.hasListeners();
    }

    Map<TopicPartition, OffsetAndMetadata> consumed() {
        return consumed;
    }

    void written() {
        consumed.clear();
    }

    void close() {
        shard.closed();
        if (writer != null) {
            writer.close();
        }
    }
}
