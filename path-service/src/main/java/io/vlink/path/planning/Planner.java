package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.allocation.OwnReservation;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.allocation.Wires;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans all directions that a network requests, or reports every obstacle. Takes no resources. */
public final class Planner {

    private static final int MAX_VIOLATIONS = 200;

    private final Wires wires;
    private final PathValidation validation;
    private final Admission admission;
    private final ComputedPath computed;

    public Planner(Topology topology, LinkHealth health, Wires wires, Reservations reservations, Pools pools) {
        this.wires = wires;
        this.validation = new PathValidation(topology, health);
        this.admission = new Admission(topology, wires, reservations);
        this.computed = new ComputedPath(topology, health, wires, admission, pools);
    }

    /** Counts the links that all searches for paths together have looked at: their cost, on any machine. */
    public long looks() {
        return computed.looks();
    }

    /**
     * Returns whether a change of this link may have removed an obstacle.
     *
     * @param link the link as it is now or, if it is edited or removed, was before
     */
    public boolean mayRemove(Obstacle obstacle, Link link) {
        return computed.mayRemove(obstacle, link);
    }

    /** Plans all ways of a network that holds {@code own} already. */
    public Plan plan(Demands demands, OwnReservation own) {
        List<Violation> violations = new ArrayList<>();
        List<Obstacle> obstacles = new ArrayList<>();
        List<@Nullable Leg> planned = new ArrayList<>(demands.all().size());
        for (int i = 0; i < demands.all().size(); i++) {
            planned.add(leg(demands, i, planned, own, violations, obstacles));
        }
        List<Leg> legs = new ArrayList<>(planned.size());
        for (Leg leg : planned) {
            if (leg != null) {
                legs.add(leg);
            }
        }
        legs.forEach(leg -> validation.checkSwitches(leg, violations));
        admission.check(legs, own, violations);
        return legs.size() == demands.all().size() && violations.isEmpty()
                ? new Plan.Granted(demands.endpoints(), legs)
                : new Plan.Infeasible(bounded(violations.stream().distinct().toList()), obstacles);
    }

    /** Limits the violations: a decision must fit into one record. */
    private static List<Violation> bounded(List<Violation> violations) {
        if (violations.size() <= MAX_VIOLATIONS) {
            return violations;
        }
        List<Violation> first = new ArrayList<>(violations.subList(0, MAX_VIOLATIONS));
        first.add(new Violation(
                "$",
                RefusalReason.MORE_VIOLATIONS,
                "%d more violations are not shown.".formatted(violations.size() - MAX_VIOLATIONS)));
        return first;
    }

    /**
     * Plans one direction.
     *
     * @param before the results of the demands before this one
     */
    private @Nullable Leg leg(
            Demands demands,
            int number,
            List<@Nullable Leg> before,
            OwnReservation own,
            List<Violation> violations,
            List<Obstacle> obstacles) {
        Demand demand = demands.all().get(number);
        if (demand.mirrorOf() != null) {
            Leg there = before.get(demand.mirrorOf());
            return there == null ? null : validation.mirrored(demand, there, violations);
        }
        checkEndpoints(demands, demand, violations);
        if (demand.links() != null) {
            return validation.explicit(demand, demand.links(), violations);
        }
        int known = violations.size();
        validation.checkEndpoints(demand, violations);
        Criteria criteria = new Criteria(demand, demands.mirror(number) != null, reserved(before), own);
        if (violations.size() > known) {
            obstacles.add(Obstacle.atEnds(criteria));
            return null;
        }
        return computed.find(criteria, violations, obstacles);
    }

    /** Returns the bandwidth that the directions planned so far reserve at each side of a wire. */
    private Map<WireSide, Long> reserved(List<@Nullable Leg> planned) {
        Map<WireSide, Long> reserved = new HashMap<>();
        for (Leg leg : planned) {
            if (leg != null) {
                for (Link link : leg.links()) {
                    wires.sides(link)
                            .forEach(side -> reserved.merge(side, leg.demand().reserved(), Saturated::sum));
                }
            }
        }
        return reserved;
    }

    /** Checks that the reverse path connects the same endpoints as the forward path. */
    private static void checkEndpoints(Demands demands, Demand demand, List<Violation> violations) {
        String from = demands.endpoints().get(demand.enters());
        String to = demands.endpoints().get(demand.leaves());
        if (!demand.from().equals(from)) {
            violations.add(new Violation(
                    demand.field() + ".fromEndpoint",
                    RefusalReason.ENDPOINTS_DIFFER,
                    "The reverse path starts at %s, but must start at %s, where the forward path ends."
                            .formatted(demand.from(), from)));
        }
        if (!demand.to().equals(to)) {
            violations.add(new Violation(
                    demand.field() + ".toEndpoint",
                    RefusalReason.ENDPOINTS_DIFFER,
                    "The reverse path ends at %s, but must end at %s, where the forward path starts."
                            .formatted(demand.to(), to)));
        }
    }
}
