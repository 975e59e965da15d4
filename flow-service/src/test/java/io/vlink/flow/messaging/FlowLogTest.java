package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.fixtures.DefaultLogSettings;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import org.junit.jupiter.api.Test;

/**
 * Tests the topics that flow-service reads. Those that its consumer group subscribes to never change;
 * docs/decisions/0027 has the reasons.
 */
class FlowLogTest {

    private static final LogSettings SETTINGS = new DefaultLogSettings("none:1");

    @Test
    void joinsItsGroupForAFixedSetOfTopics() {
        LogConfig config = FlowLog.logConfig(SETTINGS);

        assertThat(config.owned()).containsExactlyInAnyOrder(Topic.PATHS, Topic.RULE_STATES, Topic.STATUSES);
        assertThat(config.joined()).isEmpty();
        assertThat(config.whole())
                .containsExactlyInAnyOrder(Topic.SWITCHES, Topic.RULES, Topic.LINK_STATES, Topic.LINK_SHARES);
    }
}
