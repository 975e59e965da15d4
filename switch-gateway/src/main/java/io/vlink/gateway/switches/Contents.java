package io.vlink.gateway.switches;

import java.time.Instant;
import java.util.List;

/**
 * What was read back from a switch.
 *
 * @param rules those with our mark, and no others
 * @param markers those that say whose the switch is
 * @param meters all of them: a meter bears no mark
 * @param groups all of them, likewise
 * @param readAt when the switch was asked
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
