package io.vlink.log.serving;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.Outbox;
import io.vlink.log.Shard;
import io.vlink.log.writing.LastTransaction;
import io.vlink.log.writing.Writer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A shard and its progress: whether it was read to its end, and whether it has new input. Confined to the thread that
 * has the turn.
 */
final class OwnedShard<S extends Shard> {

    private final int partition;
    private final S shard;
    private final Writer.@Nullable Fenced writer;
    /** The next offset after the processed records, of each log. */
    private final Map<TopicPartition, Long> taken = new HashMap<>();
    /** The offset that was committed last, or the first that was processed, of each log. */
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    private boolean readToEnd;
    private boolean serving;
    private boolean touched;
    private @Nullable Instant wakeAt;

    OwnedShard(int partition, S shard, Writer.@Nullable Fenced writer) {
        this.partition = partition;
        this.shard = shard;
        this.writer = writer;
    }

    S shard() {
        return shard;
    }

    /** Null where the log is not fenced. */
    Writer.@Nullable Fenced writer() {
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
            TopicPartition log = new TopicPartition(entry.topic().topicName(), partition);
            committed.putIfAbsent(log, entry.offset());
            taken.put(log, entry.offset() + 1);
        }
    }

    /** Processes a record of a topic that is read whole. Its offset is never committed. */
    void onWhole(Entry entry) {
        shard.on(entry);
        touched = true;
    }

    void readToEnd(
            Map<Topic, Long> ends, @Nullable String suite, int generation, LastTransaction last, boolean wholeLoaded) {
        if (writer != null) {
            writer.takeOver(last);
        }
        ends.forEach(shard::endsAt);
        if (suite != null) {
            shard.suite(suite, generation);
        }
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

    /** The time of the next turn even without input; {@link Instant#MAX}: none, or still loading. */
    Instant wakeAt() {
        Instant commitAt = writer == null ? Instant.MAX : writer.commitAt();
        return serving && wakeAt != null && wakeAt.isBefore(commitAt) ? wakeAt : commitAt;
    }

    /** Returns whether a commit was due. */
    boolean commitIfDue(Instant now) {
        boolean due = writer != null && !writer.commitAt().isAfter(now);
        if (due && writer != null) {
            writer.commit();
        }
        return due;
    }

    boolean isDue(Instant now) {
        return serving && (touched || (wakeAt != null && !wakeAt.isAfter(now)));
    }

    void act(Outbox outbox, Instant now) {
        touched = false;
        wakeAt = shard.act(outbox, now);
    }

    boolean hasNews(Outbox outbox) {
        return !outbox.records().isEmpty() || !consumed().isEmpty() || outbox.hasListeners();
    }

    /** The offsets to commit, up to the first record that waits for a decision; empty if none was decided since. */
    Map<TopicPartition, OffsetAndMetadata> consumed() {
        Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
        taken.forEach((log, next) -> {
            if (decided(next) > committed.getOrDefault(log, 0L)) {
                consumed.put(log, new OffsetAndMetadata(decided(next)));
            }
        });
        return consumed;
    }

    void written() {
        consumed().forEach((log, offset) -> committed.put(log, offset.offset()));
        taken.values().removeIf(next -> decided(next) == next);
    }

    private long decided(long next) {
        return Math.min(next, shard.undecidedFrom());
    }

    void close(boolean orderly) {
        shard.closed();
        if (writer != null) {
            writer.close(orderly);
        }
    }
}
