package io.vlink.broker;

import java.io.IOException;
import java.io.Serial;

/** Thrown when the broker cannot listen on its port. */
public final class PortTakenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PortTakenException(String host, int port, IOException cause) {
        super("Cannot listen on port %d of %s: %s".formatted(port, host, cause.getMessage()), cause);
    }
}
