package io.vlink.flow.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.operating.LogSettings;
import java.time.Duration;

/** Configuration of this service. */
@ConfigMapping(prefix = "vlink")
interface FlowConfig {

    /** The event log. */
    LogSettings log();

    /** Turning rules over. */
    Flow flow();

    /** Configuration of what this service does. */
    interface Flow {
        /** How long the datapath cache of a switch may follow its tables late; OVS' {@code max-revalidator} by default. */
        @WithDefault("500ms")
        Duration settling();
    }
}
