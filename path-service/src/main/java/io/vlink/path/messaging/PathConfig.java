package io.vlink.path.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.operating.LogSettings;
import java.time.Duration;

/** All that can be configured. */
@ConfigMapping(prefix = "vlink")
interface PathConfig {

    LogSettings log();

    Times path();

    /** What decisions depend on beside records. */
    interface Times {
        /** How long freed labels and numbers rest before they are given out again. */
        @WithDefault("2s")
        Duration labelRest();

        /** How long a network waits for its old rules to be confirmed gone. */
        @WithDefault("30s")
        Duration removalDeadline();

        /** How long a measured latency counts after a newer one replaced it. */
        @WithDefault("60s")
        Duration latencyWindow();

        /** How much of its capacity nobody may reserve on each link that does not say itself, so that best effort has it, in percent. */
        @WithDefault("0")
        int bestEffortFloor();
    }
}
