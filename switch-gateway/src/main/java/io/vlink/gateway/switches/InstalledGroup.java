package io.vlink.gateway.switches;

import io.vlink.events.rules.LinkMeter;
import java.util.ArrayList;
import java.util.List;

/**
 * One group that was read from a switch.
 *
 * @param settings type and buckets, in the words of {@link RuleText}
 * @param watches the groups that its buckets watch or, as those of others may, lead to
 * @param references how many rules of anybody lead to it; whether groups count too is up to the switch: Open vSwitch counts none
 */
public record InstalledGroup(long number, String settings, List<Long> watches, long references) implements Numbered {

    public InstalledGroup {
        watches = List.copyOf(watches);
    }

    /** One that was read. */
    public static InstalledGroup of(long number, GroupType type, List<GroupBucket> buckets, long references) {
        List<Long> watches = new ArrayList<>();
        for (GroupBucket bucket : buckets) {
            if (bucket.watchGroup() != null) {
                watches.add(bucket.watchGroup());
            }
            for (FlowAction action : bucket.actions()) {
                if (action instanceof FlowAction.ToGroup(long group)) {
                    watches.add(group);
                }
            }
        }
        return new InstalledGroup(number, RuleText.settings(type, buckets), watches, references);
    }

    /** The same with what uses it. */
    public InstalledGroup usedBy(long those) {
        return new InstalledGroup(number, settings, watches, those);
    }

    @Override
    public boolean mayBeOurs(long ourUses) {
        return references <= ourUses
                && number <= LinkMeter.LAST
                && (ourUses > 0 || settings.startsWith("type=all") || settings.startsWith("type=ff"));
    }

    /** Others have such ones too, which may lead to each other: whose one is that nothing leads to nobody can tell. */
    @Override
    public boolean mayBeOursUnused() {
        return false;
    }
}
