package io.vlink.path.planning;

import io.vlink.events.reasons.Violation;
import java.util.List;

/** The result of planning a network. */
public sealed interface Plan {

    /**
     * All directions have a path: everything except labels and numbers is available.
     *
     * @param endpoints nodes where workloads are attached
     * @param legs one for each demand, in the same order
     */
    record Granted(List<String> endpoints, List<Leg> legs) implements Plan {

        public Granted {
            endpoints = List.copyOf(endpoints);
            legs = List.copyOf(legs);
        }
    }

    /**
     * The network is not possible now.
     *
     * @param obstacles for each computed way that was not found, what must change first; without those ways for which other
     *     changes may help, too
     */
    record Infeasible(List<Violation> violations, List<Obstacle> obstacles) implements Plan {

        public Infeasible {
            violations = List.copyOf(violations);
            obstacles = List.copyOf(obstacles);
        }
    }
}
