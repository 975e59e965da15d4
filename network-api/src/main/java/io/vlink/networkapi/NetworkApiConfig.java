package io.vlink.networkapi;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.health.LogSettings;
import java.time.Duration;

/** All settings, except the ports and logs of Quarkus. */
@ConfigMapping(prefix = "vlink")
public interface NetworkApiConfig {

    LogSettings log();

    Rest rest();

    /** Settings for answers to REST calls. */
    interface Rest {
        /** Longest time until a write is decided, and again until Kafka has it; after it, the answer is 503. */
        @WithDefault("5S")
        Duration deadline();

        /** Longest time for the body of a PUT or POST to arrive; after it, the answer is 408 and the connection is closed. */
        @WithDefault("30S")
        Duration bodyDeadline();

        /** Number of recent changes kept for all followers. A follower that falls further behind gets a snapshot. */
        @WithDefault("16384")
        int keptChanges();

        /** Idle time on a stream of changes after which a keep-alive with the current position is sent. */
        @WithDefault("15S")
        Duration heartbeat();
    }
}
