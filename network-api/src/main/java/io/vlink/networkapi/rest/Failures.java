package io.vlink.networkapi.rest;

import io.vlink.events.services.Absence;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.Representations;
import io.vlink.networkapi.messaging.DryRunTimeoutException;
import io.vlink.networkapi.messaging.UnansweredException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Maps exceptions to problems. */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    /**
     * Returns the problem for an exception. Logs unexpected exceptions.
     *
     * @param path the path that was called
     */
    public static Problem problem(Throwable error, String path) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return switch (cause) {
            case ProblemException problem -> Problem.of(problem.kind(), problem.detail(), problem.violations(), path);
            case UnansweredException unanswered -> unanswered(unanswered, path);
            case DryRunTimeoutException missing ->
                Problem.of(
                        Problem.ProblemType.TIMEOUT,
                        "The dry run got no answer: %s. Nothing was recorded."
                                .formatted(
                                        missing.absence() == null
                                                ? "path-service did not answer in time"
                                                : missing.absence().words()),
                        List.of(),
                        path);
            case IOException broken -> { // while reading the body: it is too large, or the caller has disconnected
                LOG.debugf("Cannot read the request body to its end: path=%s reason=%s", path, broken.getMessage());
                yield Problem.of(Problem.ProblemType.TOO_LARGE, Representations.TOO_LARGE, List.of(), path);
            }
            default -> {
                LOG.errorf(cause, "Call failed: path=%s", path);
                yield Problem.of(
                        Problem.ProblemType.INTERNAL, "The service failed. The reason is in its log.", List.of(), path);
            }
        };
    }

    private static Problem unanswered(UnansweredException error, String path) {
        return error.undecided()
                ? Problem.of(
                                Problem.ProblemType.UNAVAILABLE,
                                "The write was not decided in time%s. It is not recorded; repeat it."
                                        .formatted(because(error.absence())),
                                List.of(),
                                path)
                        .because(Problem.NOT_RECORDED)
                : Problem.of(
                                Problem.ProblemType.UNAVAILABLE,
                                "The write may have been recorded, or may be yet%s. A PUT or DELETE without conditions may simply be repeated. Before you repeat another write, GET shows whether it was recorded; if it was not, send it with the ETag of that answer in If-Match."
                                        .formatted(because(error.absence())),
                                List.of(),
                                path)
                        .because(Problem.OUTCOME_UNKNOWN);
    }

    private static String because(@Nullable Absence absence) {
        return absence == null ? "" : ": " + absence.words();
    }
}
