package io.vlink.health;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The address and use of Kafka: the group {@code vlink.log} of the configuration, which is the same in all services.
 */
public interface LogSettings {

    /** Brokers as {@code host:port}, separated by commas; default: {@code kafka.bootstrap.servers}, if set. */
    @WithDefault("${kafka.bootstrap.servers:localhost:9092}")
    String bootstrapServers();

    /** Name of this instance in its consumer group, by which it gets its partitions back at once after a restart. */
    Optional<String> instanceId();

    /** Number of partitions of each topic: equal in all services, and never changed. */
    @WithDefault("8")
    int partitions();

    /** How often this instance reports to the other services; the same in all of them. */
    @WithDefault("2s")
    Duration beat();

    /** How long another service may be silent before it counts as missing. At least twice the beat. */
    @WithDefault("6s")
    Duration silence();

    /** Further Kafka client properties, such as those of TLS. */
    Map<String, String> client();
}
