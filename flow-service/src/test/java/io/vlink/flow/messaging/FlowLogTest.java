package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.operating.LogSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What flow-service reads. Kafka shares out each topic among those members of a group that named it, so a topic more or less here gives a partition
 * number one owner of this build and one of the build before: what this group is joined for (owned and joined) stays as it is, and
 * what is read anew is read whole (docs/decisions/0027).
 */
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
    void joinsItsGroupForWhatItEverDid() {
        LogConfig config = FlowLog.logConfig(SETTINGS);

        assertThat(config.owned()).containsExactlyInAnyOrder(Topic.PATHS, Topic.RULE_STATES, Topic.STATUSES);
        assertThat(config.joined()).isEmpty();
        assertThat(config.whole())
                .containsExactlyInAnyOrder(Topic.SWITCHES, Topic.RULES, Topic.LINK_STATES, Topic.LINK_SHARES);
    }
}
