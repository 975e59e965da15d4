package io.vlink.gateway.openflow;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Addresses in print. */
final class Addresses {

    private Addresses() {}

    /** As {@code address:port}. */
    static String of(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
    }

    /** The address alone. */
    static String host(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : String.valueOf(address);
    }
}
