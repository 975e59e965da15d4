package io.vlink.gateway.openflow;

/** The peer sent what no OpenFlow switch sends here; the connection is closed. The message says why, for people. */
final class BadFrame extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadFrame(String message) {
        super(message, null, false, false);
    }
}
