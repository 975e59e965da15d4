package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.NOT_CONFIRMED;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import java.util.ArrayList;
import java.util.List;

/** Checks that every switch confirmed its rule sets. */
final class Confirmed {

    private Confirmed() {}

    static List<Difference> differences(RecordedState recorded, DisplayNames names) {
        List<Difference> found = new ArrayList<>();
        for (RuleSet set : recorded.rules().values()) {
            RuleState state = recorded.ruleStates().get(set.owner() + "/" + set.datapathId());
            String what = null;
            if (state == null) {
                what = "has not reported on its rule set";
            } else if (state.revision().compareTo(set.revision()) < 0) {
                what = "has confirmed only an earlier revision of its rule set";
            } else if (!state.applied()) {
                what = "has not applied its rule set: " + state.error();
            }
            if (what != null) {
                found.add(new Difference(
                        NOT_CONFIRMED,
                        set.datapathId(),
                        set.owner(),
                        "%s %s.".formatted(names.of(set.datapathId()), what)));
            }
        }
        return found;
    }
}
