package io.vlink.networkapi.recorder;

import io.vlink.events.Violation;
import io.vlink.events.requests.RequestReason;
import io.vlink.events.requests.Warning;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of one request. */
public sealed interface Verdict {

    /**
     * It holds, once the changes are written.
     *
     * @param generation that of the record as it then is
     * @param changed false where it was so already
     * @param created true where it did not exist before
     * @param changes what is to be written, together; empty where nothing changed
     * @param warnings what the caller should know all the same
     */
    record Granted(long generation, boolean changed, boolean created, List<Change> changes, List<Warning> warnings)
            implements Verdict {
        public Granted {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }

        Granted(long generation, boolean changed, boolean created, List<Change> changes) {
            this(generation, changed, created, changes, List.of());
        }

        Granted and(Change more) {
            return new Granted(
                    generation,
                    changed,
                    created,
                    Stream.concat(changes.stream(), Stream.of(more)).toList(),
                    warnings);
        }

        Granted warning(List<Warning> of) {
            return new Granted(generation, changed, created, changes, of);
        }
    }

    /** It does not hold, for each of these reasons. */
    record Denied(List<Violation> violations) implements Verdict {
        public Denied {
            violations = List.copyOf(violations);
        }

        static Denied of(String field, RequestReason reason, String message) {
            return new Denied(List.of(new Violation(field, reason, message)));
        }
    }
}
