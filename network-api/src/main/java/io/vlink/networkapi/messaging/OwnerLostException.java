package io.vlink.networkapi.messaging;

import java.io.Serial;

/** Thrown when this instance does not own the partition (any more); nothing was recorded. */
final class OwnerLostException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    OwnerLostException() {
        super("The partition has another owner.");
    }
}
