package io.vlink.networkapi.rest;

import io.vlink.events.services.Absence;
import io.vlink.networkapi.messaging.NoForecastException;
import io.vlink.networkapi.messaging.UnansweredException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What to say of that which ended a call early. */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    /**
     * Words for a failure.
     *
     * @param path that was called
     */
    public static Problem problem(Throwable error, String path) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return switch (cause) {
            case ProblemException problem -> Problem.of(problem.kind(), problem.detail(), problem.violations(), path);
            case UnansweredException unanswered ->
                Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "It is not known whether it was recorded%s. Every write but POST can be repeated without harm."
                                .formatted(because(unanswered.absence())),
                        List.of(),
                        path);
            case NoForecastException missing ->
                Problem.of(
                        Problem.Kind.TIMEOUT,
                        "What would be decided is not known: %s. Nothing was recorded."
                                .formatted(
                                        missing.absence() == null
                                                ? "path-service did not answer in time"
                                                : missing.absence().words()),
                        List.of(),
                        path);
            case IOException broken -> { // while the body was read: it is too large, or the caller is gone
                LOG.debugf("A body was not read to its end: path=%s reason=%s", path, broken.getMessage());
                yield Problem.of(Problem.Kind.TOO_LARGE, Representations.TOO_LARGE, List.of(), path);
            }
            default -> {
                LOG.errorf(cause, "A call failed: path=%s", path);
                yield Problem.of(Problem.Kind.INTERNAL, "The service failed; its log says why.", List.of(), path);
            }
        };
    }

    private static String because(@Nullable Absence absence) {
        return absence == null ? "" : ": " + absence.words();
    }
}
