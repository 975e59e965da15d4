package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All rules, meters and groups that one owner requires in one switch. An empty set means that none may be left there.
 * Key: {@code datapath id/overlay/namespace/name}, of a link {@code datapath id/overlay/port}.
 *
 * @param owner the network, or the sending port of links
 * @param revision the decision's revision, with the stage of these rules
 * @param meters all meters of the owner in this switch
 * @param groups all groups of the owner in this switch
 * @param rules all rules of the owner in this switch
 */
public record RuleSet(
        DatapathId datapathId,
        Owner owner,
        Revision revision,
        List<Meter> meters,
        List<Group> groups,
        List<Rule> rules) {

    /** The topic of these records. */
    public static final TypedTopic<InSwitch, RuleSet> TOPIC = new TypedTopic<>(
            Topic.RULES, RuleSet.class, InSwitch::ofSwitchFirst, set -> new InSwitch(set.datapathId(), set.owner()));

    public RuleSet {
        meters = List.copyOf(meters);
        groups = List.copyOf(groups);
        rules = List.copyOf(rules);
        for (Meter meter : meters) {
            if (!mayHave(owner, meter.number())) {
                throw new IllegalArgumentException(
                        "The meter %d cannot be one of %s: networks have 1 to 65535, a sending port of links has 65536 plus its own number."
                                .formatted(meter.number(), owner));
            }
        }
        for (Group group : groups) {
            if (!mayHave(owner, group.number())) {
                throw new IllegalArgumentException(
                        "The group %d cannot be one of %s: networks have 1 to 65535, a sending port of links has 65536 plus its own number."
                                .formatted(group.number(), owner));
            }
        }
        for (Rule rule : rules) {
            if (!(rule.match() instanceof Match.AtPort)) {
                throw new IllegalArgumentException(
                        "The rule %s of %s must match frames that arrive at a port.".formatted(rule.cookie(), owner));
            }
        }
        checkReferences(meters, groups, rules);
    }

    private static boolean mayHave(Owner owner, int number) {
        return switch (owner) {
            case NetworkId network -> number < LinkMeter.FIRST;
            case LinkPort link -> LinkMeter.is(number) && LinkMeter.port(number).equals(link.port());
        };
    }

    /**
     * Checks that rules use meters of this set or a link's, and groups of this set, and that buckets watch groups of
     * this set or a link's.
     */
    private static void checkReferences(List<Meter> meters, List<Group> groups, List<Rule> rules) {
        Set<Integer> own = new HashSet<>();
        groups.forEach(group -> own.add(group.number()));
        for (Rule rule : rules) {
            for (Action action : rule.actions()) {
                if (action instanceof Action.ApplyMeter(int number) && !LinkMeter.is(number) && !has(meters, number)) {
                    throw new IllegalArgumentException(
                            "A rule uses meter %d, which is neither a link's nor in its rule set.".formatted(number));
                }
                if (action instanceof Action.ToGroup(int number) && !own.contains(number)) {
                    throw new IllegalArgumentException(
                            "A rule hands frames to group %d, which is not in its rule set.".formatted(number));
                }
            }
        }
        for (Group group : groups) {
            for (Bucket bucket : group.buckets()) {
                Integer watched = bucket.watchGroup();
                if (watched != null && !LinkMeter.is(watched) && !own.contains(watched)) {
                    throw new IllegalArgumentException(
                            "Group %d watches group %d, which is neither a link's nor in its rule set."
                                    .formatted(group.number(), watched));
                }
            }
        }
    }

    /** Searches linearly: a set has at most one meter for each direction of a circuit. */
    private static boolean has(List<Meter> meters, int number) {
        for (Meter meter : meters) {
            if (meter.number() == number) {
                return true;
            }
        }
        return false;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RuleSet of(RuleSetRecord record) {
        return new RuleSet(
                record.datapathId(),
                Owner.oneOf(record.network(), record.link()),
                record.revision().revision(),
                record.meters() == null ? List.of() : record.meters(),
                record.groups() == null ? List.of() : record.groups(),
                record.rules());
    }

    @JsonValue
    RuleSetRecord record() {
        return RuleSetRecord.of(this);
    }

    public boolean isEmpty() {
        return meters.isEmpty() && groups.isEmpty() && rules.isEmpty();
    }

    /** The key that this record is written under. */
    public String key() {
        return datapathId + "/" + owner;
    }
}
