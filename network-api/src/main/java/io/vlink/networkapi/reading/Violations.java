package io.vlink.networkapi.reading;

import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.text.Unicode;
import java.util.ArrayList;
import java.util.List;

/** The violations found so far in one document, bounded in number and length for any input. */
final class Violations {

    static final int MAX_VIOLATIONS = 100;
    static final int MAX_FIELD = 512;
    static final int MAX_MESSAGE = 2_048;

    private final List<Violation> violations = new ArrayList<>();

    void add(String field, RequestReason reason, String message) {
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(new Violation(
                    Unicode.wellFormed(shortened(field, MAX_FIELD)),
                    reason,
                    Unicode.wellFormed(shortened(message, MAX_MESSAGE))));
        } else if (violations.size() == MAX_VIOLATIONS) {
            violations.add(new Violation(
                    "$",
                    RequestReason.TOO_MANY,
                    "There are more violations; only the first %d are listed.".formatted(MAX_VIOLATIONS)));
        }
    }

    /** Returns whether further violations are no longer recorded. */
    boolean full() {
        return violations.size() > MAX_VIOLATIONS;
    }

    List<Violation> all() {
        return violations;
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : Unicode.beginning(text, most - 3) + "...";
    }

    boolean none() {
        return violations.isEmpty();
    }
}
