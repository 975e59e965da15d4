package io.vlink.gateway.switches;

import java.time.Instant;
import java.util.List;

/**
 * What was read back from a switch.
 *
 * @param rules those with our mark, and no others
 * @param meters all of them: a meter bears no mark
 * @param readAt when the switch was asked
 */
public record Contents(List<InstalledRule> rules, List<InstalledMeter> meters, Instant readAt) {

    public Contents {
        rules = List.copyOf(rules);
        meters = List.copyOf(meters);
    }
}
