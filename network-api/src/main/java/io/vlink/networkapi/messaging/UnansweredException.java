package io.vlink.networkapi.messaging;

import java.io.Serial;

/** The recorder did not answer in time, or could not write: the request may be recorded, or be recorded later, or not. */
public final class UnansweredException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnansweredException(Throwable cause) {
        super("The recorder did not answer.", cause);
    }
}
