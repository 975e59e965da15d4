package io.vlink.events.statuses;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.paths.AttachmentState;
import java.util.List;
import java.util.Optional;

/**
 * What a user sees of a network. Key: {@code overlay/namespace/name}. Readers drop a status that is older by
 * ({@code revision}, {@code evidence}) than the one they hold.
 *
 * @param revision that of the decision, with the stage reached
 * @param evidence counts what was heard of switches within this revision; never falls within one revision
 * @param phase where it stands, in one word
 * @param conditions the same in detail, one element for each type
 * @param forward names of the nodes that forward traffic crosses, in order; empty while nothing is reserved
 * @param reverse names of the nodes that reverse traffic crosses, in order
 * @param attachments every attachment of the network, also those that hold no end
 * @param removedCircuits numbers of retiring circuits of this decision that every switch confirmed to be gone
 */
public record NetworkStatus(
        NetworkId id,
        Revision revision,
        long evidence,
        Phase phase,
        List<Condition> conditions,
        List<String> forward,
        List<String> reverse,
        List<AttachmentState> attachments,
        List<Long> removedCircuits) {

    /** Where it stands. */
    public static final TypedTopic<NetworkId, NetworkStatus> TOPIC =
            new TypedTopic<>(Topic.STATUSES, NetworkStatus.class, NetworkId::of, NetworkStatus::id);

    public NetworkStatus {
        conditions = List.copyOf(conditions);
        forward = List.copyOf(forward);
        reverse = List.copyOf(reverse);
        attachments = List.copyOf(attachments);
        removedCircuits = List.copyOf(removedCircuits);
    }

    public Optional<Condition> condition(Condition.Type type) {
        for (Condition condition : conditions) {
            if (condition.is(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** Whether this is older news than {@code other}. */
    public boolean isOlderThan(NetworkStatus other) {
        int byRevision = revision.compareTo(other.revision);
        return byRevision < 0 || (byRevision == 0 && evidence < other.evidence);
    }
}
