package io.vlink.path.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.fixtures.DefaultLogSettings;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import org.junit.jupiter.api.Test;

/**
 * The topics that path-service reads. Those that its consumer group subscribes to (owned and joined) never change;
 * docs/decisions/0027 explains why.
 */
class PathLogTest {

    private static final LogSettings SETTINGS = new DefaultLogSettings("none:1");

    @Test
    void joinsItsGroupForAFixedSetOfTopics() {
        // When
        LogConfig config = PathLog.logConfig(SETTINGS);

        // Then
        assertThat(config.owned())
                .containsExactlyInAnyOrder(
                        Topic.INQUIRIES,
                        Topic.LINKS,
                        Topic.LINK_STATES,
                        Topic.NETWORKS,
                        Topic.ATTACHMENTS,
                        Topic.STATUSES,
                        Topic.PATHS,
                        Topic.RESTING);
        assertThat(config.joined()).containsExactlyInAnyOrder(Topic.NODES);
        assertThat(config.whole()).containsExactlyInAnyOrder(Topic.PORTS, Topic.NODES);
    }
}
