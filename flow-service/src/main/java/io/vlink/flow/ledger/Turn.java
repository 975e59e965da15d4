package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.RuleSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows for one network.
 *
 * @param sets rule sets to be written
 * @param tombstones switches whose rule set record is to be deleted
 * @param wakeAt when to look again even if nothing comes in; absent: no need
 */
public record Turn(
        List<RuleSet> sets,
        List<DatapathId> tombstones,
        @Nullable Instant wakeAt) {

    static final Turn NOTHING = new Turn(List.of(), List.of(), null);

    public Turn {
        sets = List.copyOf(sets);
        tombstones = List.copyOf(tombstones);
    }
}
