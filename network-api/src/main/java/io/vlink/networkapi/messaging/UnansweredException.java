package io.vlink.networkapi.messaging;

import io.vlink.events.services.Absence;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the recorder does not answer in time or cannot write: the request may be recorded, may be recorded later,
 * or may not be recorded.
 */
public final class UnansweredException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Absence absence;

    UnansweredException(Throwable cause, @Nullable Absence absence) {
        super("The recorder did not answer.", cause);
        this.absence = absence;
    }

    /** Returns the absence of the service that should have answered; null if it is present. */
    public @Nullable Absence absence() {
        return absence;
    }
}
