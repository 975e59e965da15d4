package io.vlink.gateway.switches.entries;

import java.time.Instant;
import java.util.List;

/**
 * The contents that were read back from a switch.
 *
 * @param rules the rules with our mark, and no others
 * @param markers the rules that name the suite that the switch belongs to
 * @param meters all meters, as a meter carries no mark
 * @param groups all groups, as a group carries no mark
 * @param readAt the time at which the read was requested
 */
public record Contents(
        List<InstalledRule> rules,
        List<SuiteMarker> markers,
        List<InstalledMeter> meters,
        List<InstalledGroup> groups,
        Instant readAt) {

    public Contents {
        rules = List.copyOf(rules);
        markers = List.copyOf(markers);
        meters = List.copyOf(meters);
        groups = List.copyOf(groups);
    }

    public Contents(List<InstalledRule> rules, List<InstalledMeter> meters, Instant readAt) {
        this(rules, List.of(), meters, List.of(), readAt);
    }
}
