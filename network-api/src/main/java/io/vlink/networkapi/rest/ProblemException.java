package io.vlink.networkapi.rest;

import io.vlink.events.Violation;
import java.io.Serial;
import java.util.List;

/** Ends a call with a {@link Problem}. */
public final class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Problem.Kind kind;
    private final transient List<Violation> violations;

    public ProblemException(Problem.Kind kind, String detail, List<Violation> violations) {
        super(detail, null, false, false);
        this.kind = kind;
        this.violations = List.copyOf(violations);
    }

    public ProblemException(Problem.Kind kind, String detail) {
        this(kind, detail, List.of());
    }

    public static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(Problem.Kind.INVALID, summary(violations), violations);
    }

    static String summary(List<Violation> violations) {
        String first =
                violations.getFirst().field() + ": " + violations.getFirst().message();
        return violations.size() == 1 ? first : "%d violations; the first is %s".formatted(violations.size(), first);
    }

    Problem.Kind kind() {
        return kind;
    }

    List<Violation> violations() {
        return violations;
    }

    String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
