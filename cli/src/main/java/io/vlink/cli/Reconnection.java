package io.vlink.cli;

import io.vlink.cli.api.ProblemException;
import io.vlink.cli.api.UnreachableException;
import java.time.Duration;

/** The rules by which commands that follow changes connect again. */
final class Reconnection {

    /** The pause before the next try. There is no event to wait for: the other side is away. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int STATUS_NOT_NOW = 503;

    private Reconnection() {}

    /** Returns whether another try may help: nobody answered, or the answer was "not now". */
    static boolean mayHelp(RuntimeException e) {
        return e instanceof UnreachableException
                || (e instanceof ProblemException refused && refused.problem().status() == STATUS_NOT_NOW);
    }
}
