package io.vlink.events.paths;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.reasons.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision of path-service on one network: the complete state from which flow-service derives all rules. Key:
 * {@code overlay/namespace/name}.
 *
 * <p>{@code outcome} refers to the network's generation in {@code revision}. If an edit of a live network is refused,
 * {@code current} remains the circuit of the previous generation, and traffic is not affected.
 *
 * @param revision generation and step; the stage is always 0
 * @param outcome the outcome of the user's declaration
 * @param violations why it was refused, at least one in that case; empty otherwise
 * @param current the circuit to install as soon as it is installable; absent when refused or withdrawn with nothing
 *     left
 * @param retiring circuits that are being removed; each stays until {@code vlink.statuses} reports it removed, and its
 *     labels and numbers then go into quarantine ({@code vlink.resting})
 * @param impairments what is wrong with the path of {@code current} now; no rule depends on it
 * @param attachments every attachment of the network, including those that hold no end
 * @param decidedAt when this was decided
 */
public record PathDecision(
        NetworkId id,
        Revision revision,
        Outcome outcome,
        List<Violation> violations,
        @Nullable Circuit current,
        List<CircuitRemoval> retiring,
        List<Impairment> impairments,
        List<AttachmentState> attachments,
        Instant decidedAt) {

    /** The topic of these records. */
    public static final TypedTopic<NetworkId, PathDecision> TOPIC =
            new TypedTopic<>(Topic.PATHS, PathDecision.class, NetworkId::of, PathDecision::id);

    public PathDecision {
        violations = List.copyOf(violations);
        retiring = List.copyOf(retiring);
        impairments = List.copyOf(impairments);
        attachments = List.copyOf(attachments);
    }

    /** All circuits that hold resources: first the current one, then those that are being removed. */
    public List<Circuit> circuits() {
        return circuits(current, retiring);
    }

    /** As {@link #circuits()}, for a decision in progress. */
    public static List<Circuit> circuits(@Nullable Circuit current, List<CircuitRemoval> retiring) {
        List<Circuit> circuits = new ArrayList<>(retiring.size() + 1);
        if (current != null) {
            circuits.add(current);
        }
        for (CircuitRemoval removal : retiring) {
            circuits.add(removal.circuit());
        }
        return circuits;
    }
}
