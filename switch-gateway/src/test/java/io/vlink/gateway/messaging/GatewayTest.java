package io.vlink.gateway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The topics of switch-gateway. Those that its group is joined for (owned and joined) never change; docs/decisions/0027 explains why. */
class GatewayTest {

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
    void joinsItsGroupForTheSameTopicsAsEver() {
        LogConfig config = Gateway.logConfig(SETTINGS);

        assertThat(config.owned()).containsExactlyInAnyOrder(Topic.RULES, Topic.PORTS);
        assertThat(config.joined()).containsExactlyInAnyOrder(Topic.SWITCHES);
        assertThat(config.whole())
                .containsExactlyInAnyOrder(Topic.NODES, Topic.LINKS, Topic.LINK_STATES, Topic.SWITCHES);
    }
}
