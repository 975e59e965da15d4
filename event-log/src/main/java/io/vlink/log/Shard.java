package io.vlink.log;

import io.vlink.events.Topic;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a service keeps of one partition number, across all topics that it reads: in, decide, out. Calls come one at a
 * time, on whichever thread has the turn, and in this order: {@link #finalisedFor} once, {@link #on} for everything that is in the log, {@link #loaded} once, and from then on
 * {@link #on} and {@link #act} in turn. A shard is thrown away when its partition goes to another owner, or when a write
 * failed; a new one then loads the log again. So it never has to undo anything.
 */
public interface Shard {

    /** All that it takes in: just what its log reads ({@link LogConfig#owned} and {@link LogConfig#whole}). */
    Set<Topic> topics();

    /**
     * For which generation the suite was finalised: in whose shapes this shard's internal records are written, and what may be
     * made; once, before anything else. Until it is called: 0, what every build can read.
     */
    default void finalisedFor(int generation) {}

    /**
     * Takes one record in. It must not throw on bad records: what cannot be read is reported with
     * {@link Outbox#deadLetter} at the next {@link #act}, or ignored while loading.
     */
    void on(Entry entry);

    /**
     * All records of a state topic below {@code offset} have been taken in, and the log ended there when this instance
     * became the owner; before {@link #loaded}. Compaction may have left fewer records than there ever were.
     */
    default void endsAt(Topic topic, long offset) {}

    /**
     * Which suite it is whose records were taken in, where the service looks for that ({@link LogConfig#onLoss}); before
     * {@link #loaded}.
     *
     * @param id 16 hex digits; another one once Kafka was emptied or swapped, or a topic from which rules are derived was deleted,
     *     recreated or truncated
     * @param generation that in whose shapes its internal records are written
     */
    default void suite(String id, int generation) {}

    /** Everything that the log held when this instance became the owner has been taken in. */
    default void loaded() {}

    /**
     * Decides what follows from all that was taken in since the last call, and puts it out. All that is put out in one
     * call is in Kafka before the next one, where the log is fenced.
     *
     * @return when to call again even if nothing comes in; null: no need
     */
    @Nullable Instant act(Outbox out, Instant now);

    /**
     * Offset of the first record of a log, such as {@code vlink.requests}, that was taken in and is not decided yet, after
     * {@link #act}: the next owner of the partition is given it again. {@link Long#MAX_VALUE}: all are decided.
     */
    default long undecidedFrom() {
        return Long.MAX_VALUE;
    }

    /** The partition is no longer ours; release what is held outside of this object. */
    default void closed() {}
}
