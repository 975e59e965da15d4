package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.RuleSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outputs for one network.
 *
 * @param sets rule sets to write
 * @param tombstones switches whose rule set record to delete
 * @param wakeAt when to act again even if nothing was read; absent: no need
 */
public record RuleSetChanges(
        List<RuleSet> sets,
        List<DatapathId> tombstones,
        @Nullable Instant wakeAt) {

    static final RuleSetChanges NOTHING = new RuleSetChanges(List.of(), List.of(), null);

    public RuleSetChanges {
        sets = List.copyOf(sets);
        tombstones = List.copyOf(tombstones);
    }
}
