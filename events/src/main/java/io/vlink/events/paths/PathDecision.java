package io.vlink.events.paths;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What path-service decided about one network: the whole truth, from which flow-service derives all rules. Key:
 * {@code overlay/namespace/name}.
 *
 * <p>{@code outcome} speaks of the network's generation in {@code revision}. Where an edit of a live network is refused,
 * {@code current} is still the circuit of the generation before: nothing accepted is harmed.
 *
 * @param revision generation and step; the stage is always 0
 * @param outcome what became of what the user declared
 * @param violations why it was refused, at least one then; empty otherwise
 * @param current what is to be installed, as soon as it is installable; absent when refused or withdrawn with nothing
 *     left
 * @param retiring what is to be removed; goes on until {@code vlink.statuses} reports each circuit removed;
 *     what it held rests then ({@link Resting})
 * @param impairments what is wrong with the way of {@code current} now; no rule depends on it
 * @param attachments every attachment of the network, also those that hold no end
 * @param decidedAt when this was decided
 */
public record PathDecision(
        NetworkId id,
        Revision revision,
        Outcome outcome,
        List<Violation> violations,
        @Nullable Circuit current,
        List<Retiring> retiring,
        List<Impairment> impairments,
        List<AttachmentState> attachments,
        Instant decidedAt) {

    /** Where it stands. */
    public static final TypedTopic<NetworkId, PathDecision> TOPIC =
            new TypedTopic<>(Topic.PATHS, PathDecision.class, NetworkId::of, PathDecision::id);

    public PathDecision {
        violations = List.copyOf(violations);
        retiring = List.copyOf(retiring);
        impairments = List.copyOf(impairments);
        attachments = List.copyOf(attachments);
    }

    /** All that holds something: what is current, then what retires. */
    public List<Circuit> circuits() {
        return circuits(current, retiring);
    }

    /** As {@link #circuits()}, of a decision that is still being made. */
    public static List<Circuit> circuits(@Nullable Circuit current, List<Retiring> retiring) {
        List<Circuit> circuits = new ArrayList<>(retiring.size() + 1);
        if (current != null) {
            circuits.add(current);
        }
        for (Retiring leaving : retiring) {
            circuits.add(leaving.circuit());
        }
        return circuits;
    }
}
