package io.vlink.path.path;

import io.vlink.events.Violation;
import java.util.List;

/** What planning a network comes to. */
sealed interface Plan {

    /** Both directions can be had: everything but labels and numbers is there. */
    record Granted(Leg forward, Leg reverse) implements Plan {}

    /** It cannot be had now. */
    record Refused(List<Violation> violations) implements Plan {

        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
