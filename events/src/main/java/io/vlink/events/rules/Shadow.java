package io.vlink.events.rules;

import io.vlink.events.PortNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is not Vlink's and stands over one of a network: frames that both match go to it, and not where the network's
 * rule would lead them.
 *
 * @param port where the frames that it takes enter the switch
 * @param priority that of the rule above
 * @param certain false: its match cannot be read in full, so that it only may take them
 * @param since when the switch was given that rule, as far as it says so
 */
public record Shadow(
        PortNumber port,
        int priority,
        boolean certain,
        @Nullable Instant since) {

    /** One of which it is not known since when it stands there. */
    public Shadow(PortNumber port, int priority, boolean certain) {
        this(port, priority, certain, null);
    }
}
