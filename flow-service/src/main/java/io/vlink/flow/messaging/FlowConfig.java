package io.vlink.flow.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.health.LogSettings;
import java.time.Duration;

/** Settings of this service. */
@ConfigMapping(prefix = "vlink")
interface FlowConfig {

    /** The event log. */
    LogSettings log();

    /** Moving networks to new paths. */
    Flow flow();

    /** Settings of the flow service itself. */
    interface Flow {
        /** Time by which the datapath cache of a switch may lag behind its tables. The default is that of OVS' {@code max-revalidator}. */
        @WithDefault("500ms")
        Duration settling();
    }
}
