package io.vlink.operator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.fixtures.DefaultLogSettings;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import org.junit.jupiter.api.Test;

/** The operator's Kafka configuration: it joins no consumer group. */
class OperatorLogTest {

    private static final LogSettings SETTINGS = new DefaultLogSettings("none:1");

    @Test
    void ownsNoPartition() {
        // When
        LogConfig config = OperatorLog.logConfig(SETTINGS);

        // Then
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
