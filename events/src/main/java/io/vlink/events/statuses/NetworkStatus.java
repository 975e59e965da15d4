package io.vlink.events.statuses;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.paths.AttachmentState;
import java.util.List;
import java.util.Optional;

/**
 * The status of a network that users see. Key: {@code overlay/namespace/name}. Readers drop a status that is older by
 * ({@code revision}, {@code evidence}) than the one they hold.
 *
 * @param revision the decision's revision, with the stage reached
 * @param evidence counts reports from switches within this revision; never falls within one revision
 * @param phase the state in one word
 * @param conditions the state in detail, one element for each type
 * @param forward names of the nodes that forward traffic crosses, in order; empty while nothing is reserved
 * @param reverse names of the nodes that reverse traffic crosses, in order
 * @param attachments every attachment of the network, including those that hold no end
 * @param removedCircuits numbers of this decision's retiring circuits that every switch confirmed removed
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

    /** The topic of these records. */
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

    /** Whether this is older than {@code other}. */
    public boolean isOlderThan(NetworkStatus other) {
        int byRevision = revision.compareTo(other.revision);
        return byRevision < 0 || (byRevision == 0 && evidence < other.evidence);
    }
}
