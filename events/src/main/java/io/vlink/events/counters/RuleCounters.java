package io.vlink.events.counters;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.time.Instant;
import java.util.List;

/**
 * Counters of one network's rules in one switch, as last read. Key: {@code datapath id/overlay/namespace/name}.
 *
 * @param readAt when the switch was read
 * @param rules one element per rule
 */
public record RuleCounters(DatapathId datapathId, NetworkId network, Instant readAt, List<RuleCounter> rules) {

    /** The topic of these records. */
    public static final TypedTopic<InSwitch, RuleCounters> TOPIC = new TypedTopic<>(
            Topic.COUNTERS,
            RuleCounters.class,
            InSwitch::ofSwitchFirst,
            read -> new InSwitch(read.datapathId(), read.network()));

    public RuleCounters {
        rules = List.copyOf(rules);
    }

    /** The key that this record is written under. */
    public String key() {
        return datapathId + "/" + network;
    }
}
