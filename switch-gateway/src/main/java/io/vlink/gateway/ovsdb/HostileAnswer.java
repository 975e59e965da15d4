package io.vlink.gateway.ovsdb;

/** Thrown when the peer does not behave like an OVSDB server; the connection is closed. */
final class HostileAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HostileAnswer(String message) {
        super(message, null, false, false);
    }
}
