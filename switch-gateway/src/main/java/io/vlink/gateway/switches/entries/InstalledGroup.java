package io.vlink.gateway.switches.entries;

import io.vlink.events.rules.LinkMeter;
import java.util.ArrayList;
import java.util.List;

/**
 * A group that was read from a switch.
 *
 * @param settings type and buckets, in the notation of {@link RuleText}
 * @param watches the groups that its buckets watch or, as those of foreign groups may, send frames to
 * @param references the number of rules that refer to it, including foreign ones. Whether groups count too depends on
 *     the switch: Open vSwitch counts none
 */
public record InstalledGroup(long number, String settings, List<Long> watches, long references) implements Numbered {

    public InstalledGroup {
        watches = List.copyOf(watches);
    }

    /** Creates a group from what was read. */
    public static InstalledGroup of(long number, GroupType type, List<GroupBucket> buckets, long references) {
        List<Long> watches = new ArrayList<>();
        for (GroupBucket bucket : buckets) {
            if (bucket.watchGroup() != null) {
                watches.add(bucket.watchGroup());
            }
            for (FlowAction action : bucket.actions()) {
                if (action instanceof FlowAction.GroupAction(long group)) {
                    watches.add(group);
                }
            }
        }
        return new InstalledGroup(number, RuleText.settings(type, buckets), watches, references);
    }

    /** Returns this group with this number of references. */
    public InstalledGroup usedBy(long those) {
        return new InstalledGroup(number, settings, watches, those);
    }

    @Override
    public boolean mayBeOurs(long ourUses) {
        return references <= ourUses
                && number <= LinkMeter.LAST
                && (ourUses > 0 || settings.startsWith("type=all") || settings.startsWith("type=ff"));
    }

    /**
     * Returns false: others write such groups too, and they may refer to each other. The owner of a group without
     * references cannot be determined.
     */
    @Override
    public boolean mayBeOursUnused() {
        return false;
    }
}
