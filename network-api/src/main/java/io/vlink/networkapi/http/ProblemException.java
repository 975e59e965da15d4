package io.vlink.networkapi.http;

import io.vlink.events.reasons.Violation;
import java.io.Serial;
import java.util.List;

/** Ends a call with a {@link Problem}. */
public final class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Problem.ProblemType kind;
    private final transient List<Violation> violations;

    public ProblemException(Problem.ProblemType kind, String detail, List<Violation> violations) {
        super(detail, null, false, false);
        this.kind = kind;
        this.violations = List.copyOf(violations);
    }

    public ProblemException(Problem.ProblemType kind, String detail) {
        this(kind, detail, List.of());
    }

    public static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(Problem.ProblemType.INVALID, summary(violations), violations);
    }

    public static String summary(List<Violation> violations) {
        String first =
                violations.getFirst().field() + ": " + violations.getFirst().message();
        return violations.size() == 1 ? first : "%d violations; the first is %s".formatted(violations.size(), first);
    }

    public Problem.ProblemType kind() {
        return kind;
    }

    public List<Violation> violations() {
        return violations;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
