package io.vlink.gateway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.fixtures.DefaultLogSettings;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import org.junit.jupiter.api.Test;

/**
 * The topics of switch-gateway. Those that its consumer group subscribes to (owned and joined) never change;
 * docs/decisions/0027 explains why.
 */
class GatewayTest {

    private static final LogSettings SETTINGS = new DefaultLogSettings("none:1");

    @Test
    void joinsItsGroupForAFixedSetOfTopics() {
        LogConfig config = Gateway.logConfig(SETTINGS);

        assertThat(config.owned()).containsExactlyInAnyOrder(Topic.RULES, Topic.PORTS);
        assertThat(config.joined()).containsExactlyInAnyOrder(Topic.SWITCHES);
        assertThat(config.whole())
                .containsExactlyInAnyOrder(Topic.NODES, Topic.LINKS, Topic.LINK_STATES, Topic.SWITCHES);
    }
}
