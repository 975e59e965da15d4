package io.vlink.gateway.openflow.frames;

/** Thrown when the peer sends something that no OpenFlow switch sends; the connection is closed. The message gives the reason. */
public final class BadFrame extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadFrame(String message) {
        super(message, null, false, false);
    }
}
