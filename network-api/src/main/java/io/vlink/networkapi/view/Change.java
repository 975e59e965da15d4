package io.vlink.networkapi.view;

import io.vlink.events.paths.PathDecision;
import org.jspecify.annotations.Nullable;

/**
 * One record that changed something.
 *
 * @param partition where it stands, of the kind's topic; negative where it does not, see {@link #said}
 * @param json the whole state of the key from now on, as it stands in Kafka; absent: it is gone, or is a path
 * @param path the decision from now on, which is told in other words than those of Kafka; absent: it is gone, or no path
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Change(
        Kind kind,
        String key,
        int partition,
        long offset,
        byte @Nullable [] json,
        @Nullable PathDecision path) {

    /** That something else is to be said of a network though no record of it changed: what, is looked up when it is told. */
    public static Change said(String network) {
        return new Change(Kind.STATUS, network, -1, -1, null, null);
    }

    /** Whether it stands in Kafka, and so has a place there. */
    boolean isRecorded() {
        return partition >= 0;
    }
}
