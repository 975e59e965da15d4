package io.vlink.path.decision;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.statuses.NetworkStatus;
import java.util.List;

/**
 * The removed circuits that a network's status reports. path-service parses no other part of a {@link NetworkStatus}.
 *
 * @param revision that of the status
 * @param evidence that of the status
 * @param removedCircuits numbers of circuits whose removal every switch confirmed
 */
public record RemovedCircuits(NetworkId id, Revision revision, long evidence, List<Long> removedCircuits) {

    /** Reads them from the records of {@link NetworkStatus#TOPIC}. */
    public static final TypedTopic<NetworkId, RemovedCircuits> IN_STATUSES =
            new TypedTopic<>(Topic.STATUSES, RemovedCircuits.class, NetworkId::of, RemovedCircuits::id);

    public RemovedCircuits {
        removedCircuits = List.copyOf(removedCircuits);
    }

    /** Returns whether this is older than {@code other}. */
    public boolean isOlderThan(RemovedCircuits other) {
        int byRevision = revision.compareTo(other.revision);
        return byRevision < 0 || (byRevision == 0 && evidence < other.evidence);
    }
}
