package io.vlink.networkapi.recorder;

import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Warning;
import java.util.List;
import java.util.stream.Stream;

/** The decision about one request. */
public sealed interface Verdict {

    /**
     * The request is granted, once the changes are written.
     *
     * @param generation the record's generation after the request
     * @param changed false if the record stays as it was
     * @param created true if it did not exist before
     * @param changes records to write together; empty if nothing changed
     * @param warnings what the caller should know although the request is granted
     */
    record Granted(long generation, boolean changed, boolean created, List<RecordWrite> changes, List<Warning> warnings)
            implements Verdict {
        public Granted {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }

        Granted(long generation, boolean changed, boolean created, List<RecordWrite> changes) {
            this(generation, changed, created, changes, List.of());
        }

        Granted and(RecordWrite more) {
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

    /** The request is refused, for each of these reasons. */
    record Denied(List<Violation> violations) implements Verdict {
        public Denied {
            violations = List.copyOf(violations);
        }

        static Denied of(String field, RequestReason reason, String message) {
            return new Denied(List.of(new Violation(field, reason, message)));
        }
    }
}
