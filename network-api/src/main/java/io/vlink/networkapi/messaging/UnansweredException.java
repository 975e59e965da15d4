package io.vlink.networkapi.messaging;

import io.vlink.events.services.Absence;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The recorder did not answer in time, or could not write: the request may be recorded, or be recorded later, or not. */
public final class UnansweredException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Absence absence;

    UnansweredException(Throwable cause, @Nullable Absence absence) {
        super("The recorder did not answer.", cause);
        this.absence = absence;
    }

    /** Who is missing that should have answered; absent where nobody is. */
    public @Nullable Absence absence() {
        return absence;
    }
}
