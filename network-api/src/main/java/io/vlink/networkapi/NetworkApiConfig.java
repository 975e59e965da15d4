package io.vlink.networkapi;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set, beside the ports and logs of Quarkus. */
@ConfigMapping(prefix = "vlink")
public interface NetworkApiConfig {

    Log log();

    Rest rest();

    /** Where Kafka is, and how it is used. */
    interface Log {
        /** {@code host:port} of brokers, with commas between. */
        @WithDefault("${kafka.bootstrap.servers:localhost:9092}")
        String bootstrapServers();

        /** Partitions of every topic; never to be changed. */
        @WithDefault("8")
        int partitions();

        /** How often this instance tells the other services that it is there; the same in all of them. */
        @WithDefault("2s")
        Duration beat();

        /** How long another service may not be heard before it is missed. At least twice the beat. */
        @WithDefault("6s")
        Duration silence();

        /** Names this instance, so that it takes its partitions over at once after a restart. */
        Optional<String> instanceId();

        /** Further Kafka client properties, such as those of TLS. */
        Map<String, String> client();
    }

    /** How REST calls are answered. */
    interface Rest {
        /** How long a write may take to be recorded before it is answered with 503. */
        @WithDefault("5S")
        Duration deadline();

        /** How many of the last changes are kept, for all who follow them; whoever falls back further gets a snapshot. */
        @WithDefault("16384")
        int keptChanges();

        /** How long nothing may be heard on a stream of changes before the place reached is told. */
        @WithDefault("15S")
        Duration heartbeat();
    }
}
