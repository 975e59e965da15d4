package io.vlink.cli.api;

/** A call was refused. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.summary());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
