package io.vlink.gateway.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.health.LogSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's configuration. */
@ConfigMapping(prefix = "vlink")
interface GatewayConfig {

    LogSettings log();

    GatewayGroup gateway();

    /** The treatment of switches. */
    interface GatewayGroup {
        /** Name of this instance in its reports; absent: the host name. */
        Optional<String> name();

        OpenFlow openflow();

        Tunnels tunnels();

        /** Interval between reads of the counters; the same read finds lost rules and changes by others, which are corrected. */
        @WithDefault("2s")
        Duration countersEvery();

        /** Maximum number of switches that no node declares, connected or not, in equal shares of the partitions; others are refused. */
        @WithDefault("1000")
        int undeclaredSwitches();

        /** Interval at which rules that a switch refused are sent again. */
        @WithDefault("30s")
        Duration retryEvery();

        /** Interval between reads of the rules of others, to see whether they shadow rules of Vlink. */
        @WithDefault("30s")
        Duration foreignEvery();

        /** Maximum time for a switch to connect here before it is reported as disconnected. */
        @WithDefault("5s")
        Duration grace();
    }

    /** The VXLAN tunnels between nodes. */
    interface Tunnels {
        /** UDP port on which all tunnels listen. */
        @WithDefault("4789")
        int port();
    }

    /** The connections of switches. */
    interface OpenFlow {
        /** Addresses to listen on, as host:port. */
        @WithDefault("127.0.0.1:6653")
        List<String> listen();

        /** Maximum time for a connection to identify its switch. */
        @WithDefault("5s")
        Duration handshakeDeadline();

        /** Silence after which a switch is asked for an echo. */
        @WithDefault("3s")
        Duration echoIdle();

        /** Maximum time for a switch to answer an echo. */
        @WithDefault("5s")
        Duration echoDeadline();

        /** Maximum time for which a switch may send no part of an answer, or read nothing of what it was sent. */
        @WithDefault("10s")
        Duration answerDeadline();

        /** Number of event loops; 0: as many as there are processors. */
        @WithDefault("0")
        int threads();
    }
}
