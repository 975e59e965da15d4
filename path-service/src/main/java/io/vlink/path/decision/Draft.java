package io.vlink.path.decision;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decision about one network in the making; begins as a copy of the decision before. */
final class Draft {

    private final @Nullable PathDecision before;
    private long generation;
    private @Nullable Outcome outcome;
    private List<Violation> violations;
    private @Nullable Circuit current;
    private List<CircuitRemoval> removals;
    private List<Impairment> impairments;
    private List<AttachmentState> attachments;

    Draft(@Nullable PathDecision before) {
        this.before = before;
        this.generation = before == null ? -1 : before.revision().generation();
        this.outcome = before == null ? null : before.outcome();
        this.violations = before == null ? List.of() : before.violations();
        this.current = before == null ? null : before.current();
        this.removals = before == null ? List.of() : before.retiring();
        this.impairments = before == null ? List.of() : before.impairments();
        this.attachments = before == null ? List.of() : before.attachments();
    }

    @Nullable PathDecision before() {
        return before;
    }

    /** Returns the generation of the network that this decides about; -1: nothing was decided yet. */
    long generation() {
        return generation;
    }

    boolean is(Outcome wanted) {
        return outcome == wanted;
    }

    /** Returns whether there is a decision. */
    boolean isDecided() {
        return outcome != null;
    }

    @Nullable Circuit current() {
        return current;
    }

    List<CircuitRemoval> removals() {
        return removals;
    }

    /** Returns all circuits that hold resources: the current one, then those being removed. */
    List<Circuit> circuits() {
        return PathDecision.circuits(current, removals);
    }

    List<Violation> violations() {
        return violations;
    }

    /** Replaces the wording of the same reasons. */
    void violations(List<Violation> worded) {
        violations = worded;
    }

    List<Impairment> impairments() {
        return impairments;
    }

    /** Returns whether the current circuit is where its nodes and links were declared before. */
    boolean isDisplaced() {
        for (Impairment impairment : impairments) {
            if (impairment.is(ImpairmentReason.TOPOLOGY_CHANGED)) {
                return true;
            }
        }
        return false;
    }

    List<AttachmentState> attachments() {
        return attachments;
    }

    /**
     * Grants the declared path with {@code circuit}; the removal of a different current circuit starts.
     *
     * @param dead whether no traffic passes over that different circuit
     */
    void admit(long forGeneration, Circuit circuit, boolean dead, Instant now) {
        if (current != null && current.number() != circuit.number()) {
            startRemoval(new CircuitRemoval(current, now, false, dead ? Boolean.TRUE : null, null));
        }
        generation = forGeneration;
        outcome = Outcome.ADMITTED;
        violations = List.of();
        current = circuit;
    }

    /** Refuses the declared path; the current circuit stays. */
    void refuse(long forGeneration, List<Violation> reasons) {
        generation = forGeneration;
        outcome = Outcome.REFUSED;
        violations = reasons;
    }

    void requestRemoval(long forGeneration, Instant now) {
        if (current != null) {
            startRemoval(new CircuitRemoval(current, now, false));
        }
        generation = forGeneration;
        outcome = Outcome.WITHDRAWN;
        violations = List.of();
        current = null;
        impairments = List.of();
        attachments = List.of();
    }

    void current(@Nullable Circuit circuit) {
        current = circuit;
    }

    void removals(List<CircuitRemoval> circuits) {
        removals = circuits;
    }

    void replace(CircuitRemoval before, CircuitRemoval after) {
        if (!before.equals(after)) {
            removals = removals.stream()
                    .map(known -> known.equals(before) ? after : known)
                    .toList();
        }
    }

    void drop(CircuitRemoval removal) {
        removals = removals.stream().filter(known -> !known.equals(removal)).toList();
    }

    void impairments(List<Impairment> found) {
        impairments = found;
    }

    void attachments(List<AttachmentState> states) {
        attachments = states;
    }

    /** Returns whether the network is removed: its removal was requested, and it holds nothing any more. */
    boolean isRemoved() {
        return outcome == Outcome.WITHDRAWN && removals.isEmpty();
    }

    boolean differsFromBefore() {
        return before == null
                || generation != before.revision().generation()
                || outcome != before.outcome()
                || !Objects.equals(current, before.current())
                || !violations.equals(before.violations())
                || !removals.equals(before.retiring())
                || !impairments.equals(before.impairments())
                || !attachments.equals(before.attachments());
    }

    PathDecision decided(NetworkId id, long step, Instant now) {
        if (outcome == null) {
            throw new IllegalStateException("Nothing was decided about the network %s.".formatted(id));
        }
        return new PathDecision(
                id,
                new Revision(generation, step, 0),
                outcome,
                violations,
                current,
                removals,
                impairments,
                attachments,
                now);
    }

    void startRemoval(CircuitRemoval removal) {
        List<CircuitRemoval> more = new ArrayList<>(removals);
        more.add(removal);
        removals = List.copyOf(more);
    }
}
