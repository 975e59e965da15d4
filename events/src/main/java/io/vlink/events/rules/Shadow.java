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
 * @param table the one that it stands in, 0 to 2; absent: 0
 */
public record Shadow(
        PortNumber port,
        int priority,
        boolean certain,
        @Nullable Instant since,
        @Nullable Table table) {

    public Shadow {
        if (table == Table.CLASSIFY) {
            table = null; // said once, and as it was before there were more
        }
    }

    /** One in the first table. */
    public Shadow(PortNumber port, int priority, boolean certain, @Nullable Instant since) {
        this(port, priority, certain, since, null);
    }

    /** One of which it is not known since when it stands there. */
    public Shadow(PortNumber port, int priority, boolean certain) {
        this(port, priority, certain, null, null);
    }

    /** The table that it stands in. */
    public Table standsIn() {
        return table == null ? Table.CLASSIFY : table;
    }
}
