package io.vlink.operator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The operator's Kafka configuration: it joins no consumer group. */
class OperatorLogTest {

    private record Settings(
            String bootstrapServers,
            Optional<String> instanceId,
            int partitions,
            Duration beat,
            Duration silence,
            Map<String, String> client)
            implements LogSettings {}

    private static final LogSettings SETTINGS =
            new Settings("none:1", Optional.empty(), 8, Duration.ofSeconds(2), Duration.ofSeconds(6), Map.of());

    @Test
    void ownsNoPartition() {
        LogConfig config = OperatorLog.logConfig(SETTINGS);

        assertThat(config.owned()).isEmpty();
        assertThat(config.joined()).isEmpty();
        assertThat(config.whole())
                .containsExactlyInAnyOrder(
                        Topic.NODES,
                        Topic.LINKS,
                        Topic.NETWORKS,
                        Topic.ATTACHMENTS,
                        Topic.PATHS,
                        Topic.STATUSES,
                        Topic.SWITCHES,
                        Topic.LINK_STATES,
                        Topic.PORTS,
                        Topic.ANSWERS);
    }
}
