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
 * Everything that one owner wants in one switch; an empty set means that nothing of it may be left there. Key:
 * {@code datapath id/overlay/namespace/name}, of a link {@code datapath id/overlay/port}.
 *
 * @param owner the network, or the port that links send by
 * @param revision that of the decision, with the stage that these rules belong to
 * @param meters all its meters in this switch
 * @param groups all its groups in this switch
 * @param rules all its rules in this switch
 */
public record RuleSet(
        DatapathId datapathId,
        Owner owner,
        Revision revision,
        List<Meter> meters,
        List<Group> groups,
        List<Rule> rules) {

    /** Where it stands. */
    public static final TypedTopic<InSwitch, RuleSet> TOPIC = new TypedTopic<>(
            Topic.RULES, RuleSet.class, InSwitch::ofSwitchFirst, set -> new InSwitch(set.datapathId(), set.owner()));

    public RuleSet {
        meters = List.copyOf(meters);
        groups = List.copyOf(groups);
        rules = List.copyOf(rules);
        for (Meter meter : meters) {
            if (!mayHave(owner, meter.number())) {
                throw new IllegalArgumentException(
                        "The meter %d cannot be one of %s: networks have 1 to 65535, a port that links send by has 65536 and its own number."
                                .formatted(meter.number(), owner));
            }
        }
        for (Group group : groups) {
            if (!mayHave(owner, group.number())) {
                throw new IllegalArgumentException(
                        "The group %d cannot be one of %s: networks have 1 to 65535, a port that links send by has 65536 and its own number."
                                .formatted(group.number(), owner));
            }
        }
        for (Rule rule : rules) {
            if (!(rule.match() instanceof Match.AtPort)) {
                throw new IllegalArgumentException(
                        "The rule %s of %s must be for frames that come in at a port.".formatted(rule.cookie(), owner));
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

    /** Rules pass meters of this set or a link's, and hand frames to groups of this set; buckets watch those, or what is a link's. */
    private static void checkReferences(List<Meter> meters, List<Group> groups, List<Rule> rules) {
        Set<Integer> own = new HashSet<>();
        groups.forEach(group -> own.add(group.number()));
        for (Rule rule : rules) {
            for (Action action : rule.actions()) {
                if (action instanceof Action.Police(int number) && !LinkMeter.is(number) && !has(meters, number)) {
                    throw new IllegalArgumentException(
                            "A rule passes meter %d, which is neither a link's nor one of its set.".formatted(number));
                }
                if (action instanceof Action.ToGroup(int number) && !own.contains(number)) {
                    throw new IllegalArgumentException(
                            "A rule hands frames to group %d, which is not one of its set.".formatted(number));
                }
            }
        }
        for (Group group : groups) {
            for (Bucket bucket : group.buckets()) {
                Integer watched = bucket.watchGroup();
                if (watched != null && !LinkMeter.is(watched) && !own.contains(watched)) {
                    throw new IllegalArgumentException(
                            "Group %d watches group %d, which is neither a link's nor one of its set."
                                    .formatted(group.number(), watched));
                }
            }
        }
    }

    /** A set has few meters: one at most for each direction of a circuit. */
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
