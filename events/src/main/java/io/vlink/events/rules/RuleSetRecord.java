package io.vlink.events.rules;

import io.vlink.events.DatapathId;
import io.vlink.events.DottedRevision;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.schema.ExactlyOne;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a rule set in Kafka: each kind of owner has its own field.
 *
 * @param network the network that requires the rules; absent where another owner does
 * @param link the port of this switch by which links send, where the rules serve all that share it; absent where
 *     another owner requires the rules
 * @param revision the decision's revision, with the stage of these rules
 * @param meters all meters of the owner in this switch; absent: none
 * @param groups all groups of the owner in this switch; absent: none
 * @param rules all rules of the owner in this switch; where meters, groups and rules are all empty, nothing of the
 *     owner may be left there
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
