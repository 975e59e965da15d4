package io.vlink.path.path;

import io.vlink.events.Violation;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.Protection;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Grants or refuses what networks declare, and leads granted circuits to where their networks belong now. */
final class Admitter {

    /** The reason of a circuit that lies where its nodes and links were declared before, and cannot follow them. */
    static final String TOPOLOGY_CHANGED = "TopologyChanged";

    /** Reasons that depend on what others have, or on measurements. */
    private static final Set<String> SCARCE = Set.of(
            "BandwidthExceeded",
            "LatencyExceeded",
            "PathNotFound",
            "LabelsExhausted",
            "MetersExhausted",
            "CircuitsExhausted");

    /** Circuits of one network that may be on their way out: who edits without end waits for the switches. */
    private static final int MAX_LEAVING = 32;

    private final Planner planner;
    private final CircuitMaker maker;
    private final Impairments impairments;

    Admitter(Planner planner, CircuitMaker maker, Impairments impairments) {
        this.planner = planner;
        this.maker = maker;
        this.impairments = impairments;
    }

    /**
     * Grants what is declared, or refuses it.
     *
     * @param keepReasons whether a refusal for the same reasons stays as it was worded
     */
    void admit(NetworkState network, Network declared, Instant now, boolean keepReasons) {
        Draft draft = network.draft();
        Circuit current = draft.current();
        Plan plan = planner.plan(declared.spec(), holding(network, current));
        switch (plan) {
            case Plan.Refused(List<Violation> violations) ->
                refuse(draft, declared.generation(), violations, keepReasons);
            case Plan.Granted granted -> {
                if (current != null && maker.keeps(current, granted)) {
                    draft.admit(declared.generation(), maker.renew(current, granted, declared.generation()), now);
                } else {
                    CircuitMaker.Made made = make(draft, granted, declared.generation());
                    if (made.circuit() == null) {
                        refuse(draft, declared.generation(), made.exhausted(), keepReasons);
                    } else {
                        draft.admit(declared.generation(), made.circuit(), now);
                    }
                }
            }
        }
    }

    private CircuitMaker.Made make(Draft draft, Plan.Granted granted, long generation) {
        int leaving = draft.retiring().size();
        return leaving < MAX_LEAVING
                ? maker.make(granted, generation)
                : new CircuitMaker.Made(
                        null,
                        List.of(new Violation(
                                "$",
                                "RemovalPending",
                                "%d earlier circuits of this network are still being removed; until one is gone there can be no other."
                                        .formatted(leaving))));
    }

    private static void refuse(Draft draft, long generation, List<Violation> violations, boolean keepReasons) {
        boolean keeps = keepReasons
                && draft.is(Outcome.REFUSED)
                && draft.generation() == generation
                && saysNothingNew(draft.violations(), violations);
        draft.refuse(generation, keeps ? draft.violations() : violations);
    }

    /**
     * Whether a network that tries again after a restart is refused for what it was refused before. Of what is scarce, more
     * may be lacking by now, and in other numbers: while running, nobody is tried again for that.
     */
    private static boolean saysNothingNew(List<Violation> before, List<Violation> now) {
        return lasting(before).equals(lasting(now)) && scarce(now).containsAll(scarce(before));
    }

    private static List<Violation> lasting(List<Violation> violations) {
        return violations.stream()
                .filter(violation -> !SCARCE.contains(violation.reason()))
                .toList();
    }

    private static Set<List<String>> scarce(List<Violation> violations) {
        return violations.stream()
                .filter(violation -> SCARCE.contains(violation.reason()))
                .map(violation -> List.of(violation.field(), violation.reason()))
                .collect(Collectors.toSet());
    }

    /** Leads a live circuit to where its network now belongs; returns why it cannot where it must. */
    @Nullable Violation follow(NetworkState network, Network declared, Instant now, boolean retries) {
        Draft draft = network.draft();
        Circuit current = draft.current();
        if (current == null || current.generation() != declared.generation()) {
            return null;
        }
        boolean misplaced = !maker.fits(current);
        if (!misplaced && !isToBeRestored(draft, declared, current, now)) {
            return null;
        }
        if (retries) {
            Plan plan = planner.plan(declared.spec(), holding(network, current));
            List<Violation> obstacles =
                    switch (plan) {
                        case Plan.Refused(List<Violation> violations) -> violations;
                        case Plan.Granted granted -> {
                            CircuitMaker.Made made = make(draft, granted, declared.generation());
                            if (made.circuit() != null) {
                                draft.admit(declared.generation(), made.circuit(), now);
                                yield List.of();
                            }
                            yield made.exhausted();
                        }
                    };
            if (!misplaced || obstacles.isEmpty()) {
                return null;
            }
            return topologyChanged(obstacles.getFirst());
        }
        return misplaced
                ? draft.impairments().stream()
                        .filter(known -> known.reason().equals(TOPOLOGY_CHANGED))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static Violation topologyChanged(Violation obstacle) {
        return new Violation(
                obstacle.field(),
                TOPOLOGY_CHANGED,
                "Nodes or links of the path were declared elsewhere since, and the network cannot follow: "
                        + obstacle.message());
    }

    private boolean isToBeRestored(Draft draft, Network declared, Circuit current, Instant now) {
        return declared.spec().protection() == Protection.RESTORE
                && Impairments.areToBeAvoided(impairments.of(current, declared.spec(), draft.impairments(), now));
    }

    private static Holding holding(NetworkState network, @Nullable Circuit current) {
        Set<String> labelled = new HashSet<>();
        if (current != null) {
            labelled.addAll(current.forward().links());
            labelled.addAll(current.reverse().links());
        }
        return new Holding(network.footprint().reserved(), labelled);
    }
}
