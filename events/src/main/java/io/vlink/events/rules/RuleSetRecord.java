package io.vlink.events.rules;

import io.vlink.events.DatapathId;
import io.vlink.events.DottedRevision;
import io.vlink.events.ExactlyOne;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule set as it stands in Kafka: each kind of owner has a field of its own.
 *
 * @param network the network that wants it; absent where another owner does
 * @param link the port of this switch that links send by, for whose users it is; absent where another owner wants it
 * @param revision that of the decision, with the stage that these rules belong to
 * @param meters all its meters in this switch; absent: none
 * @param groups all its groups in this switch; absent: none
 * @param rules all its rules in this switch; where there is nothing of all this, nothing of its owner may be left there
 */
@ExactlyOne({"network", "link"})
record RuleSetRecord(
        DatapathId datapathId,
        @Nullable NetworkId network,
        @Nullable LinkPort link,
        DottedRevision revision,
        @Nullable List<Meter> meters,
        @Nullable List<Group> groups,
        List<Rule> rules) {

    static RuleSetRecord of(RuleSet set) {
        NetworkId network = null;
        LinkPort link = null;
        switch (set.owner()) {
            case NetworkId id -> network = id;
            case LinkPort port -> link = port;
        }
        return new RuleSetRecord(
                set.datapathId(),
                network,
                link,
                new DottedRevision(set.revision()),
                set.meters().isEmpty() ? null : set.meters(),
                set.groups().isEmpty() ? null : set.groups(),
                set.rules());
    }
}
