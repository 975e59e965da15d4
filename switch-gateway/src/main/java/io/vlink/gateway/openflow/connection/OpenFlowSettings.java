package io.vlink.gateway.openflow.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The settings of connections to switches.
 *
 * @param listen addresses to listen on; port 0: any free port
 * @param handshakeDeadline maximum time for a handshake
 * @param echoIdle silence after which a switch is asked for an echo
 * @param echoDeadline maximum time for a switch to answer an echo
 * @param answerDeadline maximum time for which a switch may send no part of an answer, or read nothing of what it was sent
 * @param threads number of event loops; 0: as many as there are processors
 */
public record OpenFlowSettings(
        List<InetSocketAddress> listen,
        Duration handshakeDeadline,
        Duration echoIdle,
        Duration echoDeadline,
        Duration answerDeadline,
        int threads) {

    public OpenFlowSettings {
        listen = List.copyOf(listen);
    }
}
