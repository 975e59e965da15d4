package io.vlink.gateway.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.operating.LogSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's configuration. */
@ConfigMapping(prefix = "vlink")
interface GatewayConfig {

    LogSettings log();

    Gateway gateway();

    /** How switches are treated. */
    interface Gateway {
        /** Name of this instance in what it reports; absent: the host's name. */
        Optional<String> name();

        OpenFlow openflow();

        Tunnels tunnels();

        /** How often counters are read, and with them what was lost or changed by others, which is mended. */
        @WithDefault("2s")
        Duration countersEvery();

        /** How many switches that no node declares are known at most, connected or not, in equal shares of the partitions; others are refused. */
        @WithDefault("1000")
        int undeclaredSwitches();

        /** How often rules that a switch refused are sent again. */
        @WithDefault("30s")
        Duration retryEvery();

        /** How often the rules of others are read, to see whether they stand over ours. */
        @WithDefault("30s")
        Duration foreignEvery();

        /** How long a switch may take to connect here before it is reported as disconnected. */
        @WithDefault("5s")
        Duration grace();
    }

    /** The VXLAN tunnels that are made between nodes. */
    interface Tunnels {
        /** UDP port on which they all listen. */
        @WithDefault("4789")
        int port();
    }

    /** How switches are listened to. */
    interface OpenFlow {
        /** Addresses to listen on, as host:port. */
        @WithDefault("127.0.0.1:6653")
        List<String> listen();

        /** How long a connection may take to say which switch it is. */
        @WithDefault("5s")
        Duration handshakeDeadline();

        /** Silence after which a switch is asked whether it lives. */
        @WithDefault("3s")
        Duration echoIdle();

        /** How long it may take to answer. */
        @WithDefault("5s")
        Duration echoDeadline();

        /** How long a switch may answer nothing of what it was asked, or read nothing of what it was sent. */
        @WithDefault("10s")
        Duration answerDeadline();

        /** Event loops; 0: as many as there are processors. */
        @WithDefault("0")
        int threads();
    }
}
