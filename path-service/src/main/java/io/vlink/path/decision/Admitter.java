package io.vlink.path.decision;

import io.vlink.events.networks.Network;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.Side;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.allocation.OwnReservation;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.planning.CircuitMaker;
import io.vlink.path.planning.Demands;
import io.vlink.path.planning.Displacement;
import io.vlink.path.planning.Leg;
import io.vlink.path.planning.Obstacle;
import io.vlink.path.planning.Plan;
import io.vlink.path.planning.Planner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Grants or refuses declared networks, and moves granted circuits when the topology of their networks changes. */
final class Admitter {

    /** Maximum number of circuits of one network being removed: a user who edits without pause waits for the switches. */
    private static final int MAX_BEING_REMOVED = 32;

    private final Planner planner;
    private final CircuitMaker maker;
    private final Impairments impairments;
    private final Displacement displacement;
    private final Pools pools;

    Admitter(Planner planner, CircuitMaker maker, Impairments impairments, Displacement displacement, Pools pools) {
        this.planner = planner;
        this.maker = maker;
        this.impairments = impairments;
        this.displacement = displacement;
        this.pools = pools;
    }

    /**
     * Grants or refuses the declared network.
     *
     * @param keepReasons whether a refusal for the same reasons keeps its earlier wording
     */
    void admit(NetworkState network, Network declared, Instant now, boolean keepReasons) {
        Draft draft = network.draft();
        Circuit current = draft.current();
        Plan plan = plan(network, network.demandsOf(declared));
        switch (plan) {
            case Plan.Infeasible(List<Violation> violations, List<Obstacle> obstacles) ->
                refuse(draft, declared.generation(), violations, keepReasons);
            case Plan.Granted granted -> {
                if (current != null && maker.keeps(current, granted) && !pools.isClashing(current)) {
                    draft.admit(
                            declared.generation(), maker.renew(current, granted, declared.generation()), false, now);
                } else {
                    List<Violation> obstacles = replace(network, granted, declared.generation(), false, now);
                    if (!obstacles.isEmpty()) {
                        refuse(draft, declared.generation(), obstacles, keepReasons);
                    }
                }
            }
        }
    }

    private Plan plan(NetworkState network, Demands demands) {
        Plan plan = planner.plan(demands, holding(network, network.draft().current()));
        network.obstacles(
                switch (plan) {
                    case Plan.Infeasible(List<Violation> violations, List<Obstacle> obstacles) -> obstacles;
                    case Plan.Granted granted -> List.of();
                });
        return plan;
    }

    /**
     * Makes a circuit for a granted plan and starts the removal of the current one. Returns the obstacles; if there are any, nothing has
     * changed.
     *
     * @param led whether the move was not requested by the network, which must then lose nothing by it
     */
    private List<Violation> replace(
            NetworkState network, Plan.Granted granted, long generation, boolean led, Instant now) {
        Draft draft = network.draft();
        Circuit current = draft.current();
        if (current != null && current.installable()) {
            List<Violation> unready = unready(granted, led);
            if (!unready.isEmpty()) {
                return unready;
            }
        }
        int beingRemoved = beingRemoved(draft.removals());
        if (beingRemoved >= MAX_BEING_REMOVED) {
            return List.of(new Violation(
                    "$",
                    RefusalReason.REMOVAL_PENDING,
                    "%d earlier circuits of this network are still being removed; a new one must wait until one of them is gone."
                            .formatted(beingRemoved)));
        }
        CircuitMaker.Made made = maker.make(network.id(), granted, generation);
        if (made.circuit() != null) {
            draft.admit(generation, made.circuit(), current != null && displacement.isDead(current), now);
        }
        return made.exhausted();
    }

    /** Counts the circuits being removed, without the remains of moved or resized ones. */
    private static int beingRemoved(List<CircuitRemoval> removals) {
        int beingRemoved = 0;
        for (CircuitRemoval each : removals) {
            beingRemoved += each.formerOf() == null ? 1 : 0;
        }
        return beingRemoved;
    }

    /** Finds reasons not to replace a working circuit: the new one could not be installed. */
    private List<Violation> unready(Plan.Granted granted, boolean led) {
        List<Violation> unready = new ArrayList<>();
        for (Leg leg : granted.legs()) {
            for (int i = 0; i < leg.links().size(); i++) {
                String why = displacement.whyUnready(leg.links().get(i), led);
                if (why != null) {
                    unready.add(new Violation(leg.fields().get(i), RefusalReason.PORT_UNKNOWN, why));
                }
            }
        }
        return unready.stream().distinct().toList();
    }

    private static void refuse(Draft draft, long generation, List<Violation> violations, boolean keepReasons) {
        boolean keeps = keepReasons
                && draft.is(Outcome.REFUSED)
                && draft.generation() == generation
                && saysNothingNew(draft.violations(), violations);
        draft.refuse(generation, keeps ? draft.violations() : violations);
    }

    /**
     * Returns whether a retry after a restart is refused for the same reasons as before. Scarcities may have been added since,
     * with other numbers: a running service does not retry a network for those.
     */
    private static boolean saysNothingNew(List<Violation> before, List<Violation> now) {
        List<Violation> lastingBefore = lasting(before);
        List<Violation> lastingNow = lasting(now);
        if (lastingBefore.size() != lastingNow.size()) {
            return false;
        }
        for (int i = 0; i < lastingNow.size(); i++) {
            if (!lastingBefore.get(i).field().equals(lastingNow.get(i).field())
                    || !Since.says(lastingBefore.get(i), lastingNow.get(i))) {
                return false;
            }
        }
        return scarce(now).containsAll(scarce(before));
    }

    private static List<Violation> lasting(List<Violation> violations) {
        return violations.stream()
                .filter(violation -> !Impairments.isScarcity(violation))
                .toList();
    }

    private static Set<List<String>> scarce(List<Violation> violations) {
        return violations.stream()
                .filter(Impairments::isScarcity)
                .map(violation -> List.of(violation.field(), violation.reason()))
                .collect(Collectors.toSet());
    }

    /**
     * Moves a live circuit to where its network now belongs.
     *
     * @return the first obstacle to a necessary move; null: no move was needed, or it was made
     */
    @Nullable Violation follow(NetworkState network, Network declared, Instant now) {
        Draft draft = network.draft();
        Circuit current = draft.current();
        if (current == null || current.generation() != declared.generation()) {
            return null;
        }
        boolean misplaced = isMisplaced(current);
        Demands demands = network.demandsOf(declared);
        if (!misplaced && !isToBeRestored(draft, demands, current, now)) {
            return null;
        }
        Plan plan = plan(network, demands);
        List<Violation> obstacles =
                switch (plan) {
                    case Plan.Infeasible(List<Violation> violations, List<Obstacle> found) -> violations;
                    case Plan.Granted granted -> replace(network, granted, declared.generation(), true, now);
                };
        return misplaced && !obstacles.isEmpty() ? obstacles.getFirst() : null;
    }

    /** Returns whether a circuit is not where its network belongs. */
    boolean isMisplaced(Circuit circuit) {
        return displacement.isDisplaced(circuit) || pools.isClashing(circuit);
    }

    private boolean isToBeRestored(Draft draft, Demands demands, Circuit current, Instant now) {
        return demands.restores() && Impairments.areCuts(impairments.of(current, demands, draft.impairments(), now));
    }

    private static OwnReservation holding(NetworkState network, @Nullable Circuit current) {
        Set<WireSide> labelled = new HashSet<>();
        if (current != null) {
            for (Side side : current.sides()) {
                if (!side.sending()) {
                    labelled.add(WireSide.of(side));
                }
            }
        }
        return new OwnReservation(network.footprint().ways().reserved(), labelled);
    }
}
