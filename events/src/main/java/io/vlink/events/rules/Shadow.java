package io.vlink.events.rules;

import io.vlink.events.PortNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is not Vlink's and precedes one of a network: frames that match both follow it instead of the network's
 * rule.
 *
 * @param port the port where the affected frames enter the switch
 * @param priority the priority of the foreign rule
 * @param certain false: its match cannot be read in full, so it may or may not affect the frames
 * @param since when the switch received that rule, as far as the switch reports it
 * @param table the table of the foreign rule, 0 to 2; absent: 0
 */
public record Shadow(
        PortNumber port,
        int priority,
        boolean certain,
        @Nullable Instant since,
        @Nullable Table table) {

    public Shadow {
        if (table == Table.CLASSIFY) {
            table = null; // one form only: that from before there were more tables
        }
    }

    /** A rule in the first table. */
    public Shadow(PortNumber port, int priority, boolean certain, @Nullable Instant since) {
        this(port, priority, certain, since, null);
    }

    /** A rule without a known time. */
    public Shadow(PortNumber port, int priority, boolean certain) {
        this(port, priority, certain, null, null);
    }

    /** The table of the foreign rule. */
    public Table standsIn() {
        return table == null ? Table.CLASSIFY : table;
    }
}
