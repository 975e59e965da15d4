package io.vlink.networkapi.messaging;

import io.vlink.events.services.Absence;
import java.io.Serial;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the recorder does not answer in time or cannot write. Unless it is known to be {@link #undecided}, the
 * request may be recorded, may be recorded later, or may not be recorded.
 */
public final class UnansweredException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Absence absence;

    /**
     * Makes the exception.
     *
     * @param cause why there is no answer
     * @param absence the absence of the service that should have answered; null: it is present
     */
    public UnansweredException(Throwable cause, @Nullable Absence absence) {
        super("The recorder did not answer.", cause);
        this.absence = absence;
    }

    /** Returns whether the request was never decided, so that it is not recorded and will not be. */
    public boolean undecided() {
        Throwable cause = getCause();
        return cause instanceof UndecidedException
                || (cause instanceof CompletionException && cause.getCause() instanceof UndecidedException);
    }

    /** Returns the absence of the service that should have answered; null if it is present. */
    public @Nullable Absence absence() {
        return absence;
    }
}
