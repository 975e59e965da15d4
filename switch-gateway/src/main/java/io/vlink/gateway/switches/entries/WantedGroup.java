package io.vlink.gateway.switches.entries;

import io.vlink.events.rules.Group;
import io.vlink.events.rules.LinkMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A group that a switch should have, in the form in which the switch has it. */
public record WantedGroup(int number, GroupType type, List<GroupBucket> buckets, String settings) {

    public WantedGroup {
        buckets = List.copyOf(buckets);
    }

    public static WantedGroup of(Group group) {
        GroupType type = GroupType.of(group.kind());
        List<GroupBucket> buckets =
                group.buckets().stream().map(GroupBucket::of).toList();
        return new WantedGroup(group.number(), type, buckets, RuleText.settings(type, buckets));
    }

    /** Returns the groups that its buckets watch. */
    public List<Long> watches() {
        List<Long> watches = new ArrayList<>();
        for (GroupBucket bucket : buckets) {
            if (bucket.watchGroup() != null) {
                watches.add(bucket.watchGroup());
            }
        }
        return watches;
    }

    /** Returns the groups of links that it watches and that are not installed. */
    public List<LinkItem> missing(Predicate<LinkItem> there) {
        List<LinkItem> missing = new ArrayList<>();
        for (long watched : watches()) {
            LinkItem item = LinkItem.group(watched);
            if (LinkMeter.is(watched) && !there.test(item)) {
                missing.add(item);
            }
        }
        return missing;
    }

    public InstalledGroup installed() {
        return new InstalledGroup(number, settings, watches(), 0);
    }
}
