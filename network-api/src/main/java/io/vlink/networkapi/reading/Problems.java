package io.vlink.networkapi.reading;

import io.vlink.events.Violation;
import java.util.ArrayList;
import java.util.List;

/** Every violation found so far in one document. */
final class Problems {

    private final List<Violation> violations = new ArrayList<>();

    void add(String field, String reason, String message) {
        violations.add(new Violation(field, reason, message));
    }

    List<Violation> all() {
        return violations;
    }

    boolean none() {
        return violations.isEmpty();
    }
}
