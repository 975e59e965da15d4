package io.vlink.networkapi.messaging;

import java.io.Serial;

/** This instance does not own the partition, or no longer; nothing was recorded. */
final class OwnerLostException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    OwnerLostException() {
        super("The partition has another owner.");
    }
}
