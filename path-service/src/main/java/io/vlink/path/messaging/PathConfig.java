package io.vlink.path.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.health.LogSettings;
import java.time.Duration;

/** The settings of path-service. */
@ConfigMapping(prefix = "vlink")
interface PathConfig {

    LogSettings log();

    Times path();

    /** The settings that decisions depend on in addition to records. */
    interface Times {
        /** Quarantine of freed labels and numbers before they are given out again. */
        @WithDefault("2s")
        Duration labelRest();

        /** How long a network waits for the confirmed removal of its old rules. */
        @WithDefault("30s")
        Duration removalDeadline();

        /** How long a measured latency counts after a newer one has replaced it. */
        @WithDefault("60s")
        Duration latencyWindow();

        /** Capacity kept for best effort on each link without a floor of its own, in percent. */
        @WithDefault("0")
        int bestEffortFloor();
    }
}
