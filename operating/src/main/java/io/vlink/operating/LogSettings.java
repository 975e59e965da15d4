package io.vlink.operating;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where Kafka is and how a service uses it: the group {@code vlink.log} of its configuration, which is the same in all. */
public interface LogSettings {

    /** {@code host:port} of brokers, with commas between; {@code kafka.bootstrap.servers} where that is given. */
    @WithDefault("${kafka.bootstrap.servers:localhost:9092}")
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
