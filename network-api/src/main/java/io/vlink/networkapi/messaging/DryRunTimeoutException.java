package io.vlink.networkapi.messaging;

import io.vlink.events.services.Absence;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when path-service does not answer a dry run in time; nothing was recorded. */
public final class DryRunTimeoutException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Absence absence;

    DryRunTimeoutException(Throwable cause, @Nullable Absence absence) {
        super("path-service did not answer.", cause);
        this.absence = absence;
    }

    /** Returns the absence of the service that should have answered; null if it is present. */
    public @Nullable Absence absence() {
        return absence;
    }
}
