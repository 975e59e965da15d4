package io.vlink.path.path;

import io.vlink.events.Violation;
import java.util.List;

/** What planning a network comes to. */
sealed interface Plan {

    /**
     * All ways can be had: everything but labels and numbers is there.
     *
     * @param ends nodes where workloads are to be attached
     * @param legs one for each demand, in their order
     */
    record Granted(List<String> ends, List<Leg> legs) implements Plan {

        public Granted {
            ends = List.copyOf(ends);
            legs = List.copyOf(legs);
        }
    }

    /** It cannot be had now. */
    record Refused(List<Violation> violations) implements Plan {

        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
