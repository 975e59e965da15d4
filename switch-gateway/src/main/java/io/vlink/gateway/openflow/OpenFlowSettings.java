package io.vlink.gateway.openflow;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How switches are listened to.
 *
 * @param listen addresses to listen on; port 0 for any free one
 * @param handshakeDeadline how long a handshake may take
 * @param echoIdle silence after which a switch is asked whether it lives
 * @param echoDeadline how long it may take to answer
 * @param answerDeadline how long it may answer nothing of what it was asked, or read nothing of what it was sent
 * @param threads event loops; 0: as many as there are processors
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
