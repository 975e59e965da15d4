package io.vlink.gateway.ovsdb;

/** The peer sent what no OVSDB server sends; the connection is closed. */
final class HostileAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HostileAnswer(String message) {
        super(message, null, false, false);
    }
}
