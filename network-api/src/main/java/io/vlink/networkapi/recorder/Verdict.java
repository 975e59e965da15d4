package io.vlink.networkapi.recorder;

import io.vlink.events.Violation;
import java.util.List;

/** What becomes of one request. */
public sealed interface Verdict {

    /**
     * It holds, once the changes are written.
     *
     * @param generation that of the record as it then is
     * @param changed false where it was so already
     * @param created true where it did not exist before
     * @param changes what is to be written, together; empty where nothing changed
     */
    record Granted(long generation, boolean changed, boolean created, List<Change> changes) implements Verdict {
        public Granted {
            changes = List.copyOf(changes);
        }
    }

    /** It does not hold, for each of these reasons. */
    record Denied(List<Violation> violations) implements Verdict {
        public Denied {
            violations = List.copyOf(violations);
        }

        static Denied of(String field, String reason, String message) {
            return new Denied(List.of(new Violation(field, reason, message)));
        }
    }
}
