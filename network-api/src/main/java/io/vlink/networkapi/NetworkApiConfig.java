package io.vlink.networkapi;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.operating.LogSettings;
import java.time.Duration;

/** Everything that can be set, beside the ports and logs of Quarkus. */
@ConfigMapping(prefix = "vlink")
public interface NetworkApiConfig {

    LogSettings log();

    Rest rest();

    /** How REST calls are answered. */
    interface Rest {
        /** How long a write may take to be recorded before it is answered with 503. */
        @WithDefault("5S")
        Duration deadline();

        /** How many of the last changes are kept, for all who follow them; whoever falls back further gets a snapshot. */
        @WithDefault("16384")
        int keptChanges();

        /** How long nothing may be heard on a stream of changes before the place reached is told. */
        @WithDefault("15S")
        Duration heartbeat();
    }
}
