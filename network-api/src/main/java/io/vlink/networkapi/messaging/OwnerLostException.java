package io.vlink.networkapi.messaging;

import java.io.Serial;

/** The partition went to another owner before the request was looked at; nothing was recorded. */
final class OwnerLostException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    OwnerLostException() {
        super("The partition went to another owner.");
    }
}
