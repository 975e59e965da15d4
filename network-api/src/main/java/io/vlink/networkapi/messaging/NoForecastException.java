package io.vlink.networkapi.messaging;

import io.vlink.events.services.Absence;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** path-service did not say in time what it would decide; nothing was recorded. */
public final class NoForecastException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Absence absence;

    NoForecastException(Throwable cause, @Nullable Absence absence) {
        super("path-service did not answer.", cause);
        this.absence = absence;
    }

    /** Who is missing that should have answered; absent where nobody is. */
    public @Nullable Absence absence() {
        return absence;
    }
}
