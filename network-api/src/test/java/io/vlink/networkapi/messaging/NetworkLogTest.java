package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.fixtures.DefaultLogSettings;
import io.vlink.health.LogSettings;
import io.vlink.log.LogConfig;
import org.junit.jupiter.api.Test;

/**
 * The topics that network-api reads. The topics that its consumer group subscribes to (owned and joined) never change;
 * docs/decisions/0027 gives the reasons.
 */
class NetworkLogTest {

    private static final LogSettings SETTINGS = new DefaultLogSettings("none:1");

    @Test
    void joinsItsGroupForAFixedSetOfTopics() {
        LogConfig config = NetworkLog.ofRecorder(SETTINGS);

        assertThat(config.owned())
                .containsExactlyInAnyOrder(Topic.REQUESTS, Topic.NODES, Topic.LINKS, Topic.NETWORKS, Topic.ATTACHMENTS);
        assertThat(config.joined()).isEmpty();
        assertThat(config.whole()).isEmpty();
    }

    @Test
    void showsTheTopicsThatItReadsWhole() {
        // When
        LogConfig config = NetworkLog.ofView(SETTINGS);

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
                        Topic.PORTS,
                        Topic.LINK_STATES,
                        Topic.CLAIMS,
                        Topic.ANSWERS,
                        Topic.FORECASTS);
    }
}
