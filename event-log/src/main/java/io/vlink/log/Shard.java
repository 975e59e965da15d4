package io.vlink.log;

import io.vlink.events.Topic;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one partition number in a service, across all topics that it reads: records in, decisions, records out.
 * Calls come one at a time, on the thread that has the turn, in this order: {@link #finalisedFor} once, {@link #on} for
 * every record of the log, {@link #loaded} once, and from then on {@link #on} and {@link #act} in turn. A shard is
 * discarded when its partition goes to another owner, or when a write fails; a new one then loads the log again. So it
 * never has to undo anything.
 */
public interface Shard {

    /**
     * The topics that it handles: exactly those that its log reads ({@link LogConfig#owned} and
     * {@link LogConfig#whole}).
     */
    Set<Topic> topics();

    /**
     * Receives the generation that the suite is finalised for, which determines the form of this shard's internal
     * records, and what may be created. Called once, before anything else. Until then: 0, the form that every build
     * reads.
     */
    default void finalisedFor(int generation) {}

    /**
     * Processes one record. Must not throw on bad records: unreadable ones are reported with {@link Outbox#deadLetter}
     * at the next {@link #act}, or ignored while loading.
     */
    void on(Entry entry);

    /**
     * Reports that all records of a state topic below {@code offset} have been processed, and that the log ended there
     * when this instance became the owner. Called before {@link #loaded}. Compaction may have removed some of the
     * records.
     */
    default void endsAt(Topic topic, long offset) {}

    /**
     * Receives the suite whose records were processed, where the service uses it ({@link LogConfig#onLoss}). Called
     * before {@link #loaded}.
     *
     * @param id 16 hex digits; changes when Kafka was emptied or swapped, or a topic from which rules are derived was
     *     deleted, recreated or truncated
     * @param generation the generation in whose form its internal records are written
     */
    default void suite(String id, int generation) {}

    /** Reports that all records that the log contained when this instance became the owner have been processed. */
    default void loaded() {}

    /**
     * Makes the decisions that result from all records since the last call, and outputs them. Where the log is fenced,
     * the output of one call is in Kafka before the next call.
     *
     * @return when to call again even without input; null: not needed
     */
    @Nullable Instant act(Outbox out, Instant now);

    /**
     * The offset of the first record of its only log, such as {@code vlink.requests}, that was processed but not decided
     * after {@link #act}. The next owner of the partition gets it and all later ones again. {@link Long#MAX_VALUE}: all
     * are decided.
     */
    default long undecidedFrom() {
        return Long.MAX_VALUE;
    }

    /** Reports that the partition is no longer ours. Resources outside of this object must be released. */
    default void closed() {}
}
