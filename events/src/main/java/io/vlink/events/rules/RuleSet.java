package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.util.List;

/**
 * Everything that one network wants in one switch; an empty set means that nothing of it may be left there. Key:
 * {@code datapath id/overlay/namespace/name}.
 *
 * @param revision that of the decision, with the stage that these rules belong to
 * @param meters all its meters in this switch
 * @param rules all its rules in this switch
 */
public record RuleSet(
        DatapathId datapathId, NetworkId network, Revision revision, List<Meter> meters, List<Rule> rules) {

    /** Where it stands. */
    public static final TypedTopic<InSwitch, RuleSet> TOPIC = new TypedTopic<>(
            Topic.RULES, RuleSet.class, InSwitch::ofSwitchFirst, set -> new InSwitch(set.datapathId(), set.network()));

    public RuleSet {
        meters = List.copyOf(meters);
        rules = List.copyOf(rules);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return meters.isEmpty() && rules.isEmpty();
    }

    /** The key that this record is written under. */
    public String key() {
        return datapathId + "/" + network;
    }
}
