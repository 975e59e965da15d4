package io.vlink.networkapi.messaging;

import java.io.Serial;

/** Thrown when a request was not decided in time; nothing was recorded, nor will be. */
final class UndecidedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UndecidedException() {
        super("The request was not decided in time.", null, false, false);
    }
}
