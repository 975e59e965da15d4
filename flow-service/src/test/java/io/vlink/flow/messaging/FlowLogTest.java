package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the topics that flow-service reads. Those that its group is joined for never change; docs/decisions/0027 has the reasons. */
class FlowLogTest {

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
        LogConfig config = FlowLog.logConfig(SETTINGS);

        assertThat(config.owned()).containsExactlyInAnyOrder(Topic.PATHS, Topic.RULE_STATES, Topic.STATUSES);
        assertThat(config.joined()).isEmpty();
        assertThat(config.whole())
                .containsExactlyInAnyOrder(Topic.SWITCHES, Topic.RULES, Topic.LINK_STATES, Topic.LINK_SHARES);
    }
}
