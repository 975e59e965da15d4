package io.vlink.networkapi.messaging;

import java.io.Serial;

/** path-service did not say in time what it would decide; nothing was recorded. */
public final class NoForecastException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NoForecastException(Throwable cause) {
        super("path-service did not answer.", cause);
    }
}
