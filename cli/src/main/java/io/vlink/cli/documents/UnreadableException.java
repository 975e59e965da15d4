package io.vlink.cli.documents;

/** A file cannot be read, or its kind cannot be recognised. */
public final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }

    UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
