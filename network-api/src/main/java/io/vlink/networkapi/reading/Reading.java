package io.vlink.networkapi.reading;

import io.vlink.events.reasons.Violation;
import java.util.List;

/** The result of reading one document. */
public sealed interface Reading<T> {

    /** The document is valid and has this value. */
    record Parsed<T>(T value) implements Reading<T> {}

    /** The document is invalid, for each of these reasons; at least one. */
    record Wrong<T>(List<Violation> violations) implements Reading<T> {
        public Wrong {
            violations = List.copyOf(violations);
        }
    }
}
