package io.vlink.networkapi.view;

import io.vlink.events.paths.PathDecision;
import org.jspecify.annotations.Nullable;

/**
 * A change of one record.
 *
 * @param partition the record's partition in the kind's topic; negative if it has no record, see {@link #said}
 * @param json the new state as in Kafka; null if deleted, or a path
 * @param path the new decision, which is sent in another form than in Kafka; null if deleted, or not a path
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Change(
        ChangeKind kind,
        String key,
        int partition,
        long offset,
        byte @Nullable [] json,
        @Nullable PathDecision path) {

    /**
     * Returns a change of a network's shown status without a changed record. The status is looked up when it is sent.
     */
    public static Change said(String network) {
        return new Change(ChangeKind.STATUS, network, -1, -1, null, null);
    }

    /** Returns whether it has a record in Kafka, and so an offset. */
    boolean isRecorded() {
        return partition >= 0;
    }
}
