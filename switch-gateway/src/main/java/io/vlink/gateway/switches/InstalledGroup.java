package io.vlink.gateway.switches;

import io.vlink.events.rules.LinkMeter;
import java.util.List;

/**
 * One group that was read from a switch.
 *
 * @param settings type and buckets, in the words of {@link RuleText}
 * @param watches the groups that its buckets watch
 * @param references how many rules and groups of anybody lead to it
 */
public record InstalledGroup(long number, String settings, List<Long> watches, long references) implements Numbered {

    public InstalledGroup {
        watches = List.copyOf(watches);
    }

    /** One that was read. */
    public static InstalledGroup of(long number, GroupType type, List<GroupBucket> buckets, long references) {
        return new InstalledGroup(
                number,
                RuleText.settings(type, buckets),
                buckets.stream()
                        .map(GroupBucket::watchGroup)
                        .filter(watched -> watched != null)
                        .toList(),
                references);
    }

    /** The same with what uses it. */
    public InstalledGroup usedBy(long those) {
        return new InstalledGroup(number, settings, watches, those);
    }

    @Override
    public boolean mayBeOurs(long ourRules) {
        return references <= ourRules
                && number <= LinkMeter.LAST
                && (ourRules > 0 || settings.startsWith("type=all") || settings.startsWith("type=ff"));
    }
}
