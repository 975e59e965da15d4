package io.vlink.gateway.openflow.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Formats socket addresses. */
final class Addresses {

    private Addresses() {}

    /** Returns an address as {@code address:port}. */
    static String of(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
    }

    /** Returns the address without the port. */
    static String host(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : String.valueOf(address);
    }
}
