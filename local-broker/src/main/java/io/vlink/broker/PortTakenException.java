package io.vlink.broker;

import java.io.IOException;
import java.io.Serial;

/** The broker cannot listen where it was told to. */
public final class PortTakenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PortTakenException(String host, int port, IOException cause) {
        super("Cannot listen on port %d of %s: %s".formatted(port, host, cause.getMessage()), cause);
    }
}
