package io.vlink.flow.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Configuration of this service. */
@ConfigMapping(prefix = "vlink")
interface FlowConfig {

    /** The event log. */
    Log log();

    /** Turning rules over. */
    Flow flow();

    /** Configuration of the event log. */
    interface Log {
        /** Where Kafka is; {@code kafka.bootstrap.servers} unless set. */
        String bootstrapServers();

        /** Names this instance in its consumer group, so that it takes its partitions over at once after a restart. */
        Optional<String> instanceId();

        /** Partitions of each topic. */
        @WithDefault("8")
        int partitions();

        /** How often this instance tells the other services that it is there; the same in all of them. */
        @WithDefault("2s")
        Duration beat();

        /** How long another service may not be heard before it is missed. At least twice the beat. */
        @WithDefault("6s")
        Duration silence();

        /** Further Kafka client properties. */
        Map<String, String> client();
    }

    /** Configuration of what this service does. */
    interface Flow {
        /** How long the datapath cache of a switch may follow its tables late; OVS' {@code max-revalidator} by default. */
        @WithDefault("500ms")
        Duration settling();
    }
}
