package io.vlink.networkapi.reading;

import io.vlink.events.Violation;
import java.util.List;

/** What came of reading one document. */
public sealed interface Reading<T> {

    /** It means this. */
    record Read<T>(T value) implements Reading<T> {}

    /** It cannot be granted as written, for each of these reasons; at least one. */
    record Wrong<T>(List<Violation> violations) implements Reading<T> {
        public Wrong {
            violations = List.copyOf(violations);
        }
    }
}
