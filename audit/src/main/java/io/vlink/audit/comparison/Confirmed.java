package io.vlink.audit.comparison;

import static io.vlink.audit.Difference.Kind.NotConfirmed;

import io.vlink.audit.Difference;
import io.vlink.audit.recorded.Recorded;
import io.vlink.audit.tables.Names;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import java.util.ArrayList;
import java.util.List;

/** Whether every switch confirmed what is wanted in it. */
final class Confirmed {

    private Confirmed() {}

    static List<Difference> differences(Recorded recorded, Names names) {
        List<Difference> found = new ArrayList<>();
        for (RuleSet set : recorded.rules().values()) {
            RuleState state = recorded.ruleStates().get(set.owner() + "/" + set.datapathId());
            String what = null;
            if (state == null) {
                what = "has said nothing of what is wanted in it";
            } else if (state.revision().compareTo(set.revision()) < 0) {
                what = "has confirmed an earlier revision of what is wanted in it only";
            } else if (!state.applied()) {
                what = "has not applied what is wanted in it: " + state.error();
            }
            if (what != null) {
                found.add(new Difference(
                        NotConfirmed,
                        set.datapathId(),
                        set.owner(),
                        "%s %s.".formatted(names.of(set.datapathId()), what)));
            }
        }
        return found;
    }
}
