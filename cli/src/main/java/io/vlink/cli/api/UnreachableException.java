package io.vlink.cli.api;

import java.io.IOException;

/** network-api did not answer. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message, IOException cause) {
        super(message, cause);
    }
}
