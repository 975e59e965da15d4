package io.vlink.log.schema;

/** Thrown when a record is not an event of its topic. The message states the reason, for a dead letter. */
public final class UnreadableEvent extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String message) {
        super(message);
    }

    public UnreadableEvent(String message, Throwable cause) {
        super(message, cause);
    }
}
