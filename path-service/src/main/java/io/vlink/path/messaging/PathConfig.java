package io.vlink.path.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** All that can be configured. */
@ConfigMapping(prefix = "vlink")
interface PathConfig {

    Log log();

    Times path();

    /** The Kafka edge. */
    interface Log {
        /** Where Kafka is; {@code kafka.bootstrap.servers} where that is given. */
        String bootstrapServers();

        /** Names this instance in its consumer group, so that it gets its partitions back at once after a restart. */
        Optional<String> instanceId();

        /** Partitions of each topic: equal in all services, and never changed. */
        @WithDefault("8")
        int partitions();

        /** How often this instance tells the other services that it is there; the same in all of them. */
        @WithDefault("2s")
        Duration beat();

        /** How long another service may not be heard before it is missed. At least twice the beat. */
        @WithDefault("6s")
        Duration silence();

        /** Further Kafka client properties, such as those of TLS. */
        Map<String, String> client();
    }

    /** The times that decisions depend on. */
    interface Times {
        /** How long freed labels and numbers rest before they are given out again. */
        @WithDefault("2s")
        Duration labelRest();

        /** How long a network waits for its old rules to be confirmed gone. */
        @WithDefault("30s")
        Duration removalDeadline();

        /** How long a measured latency counts after a newer one replaced it. */
        @WithDefault("60s")
        Duration latencyWindow();
    }
}
