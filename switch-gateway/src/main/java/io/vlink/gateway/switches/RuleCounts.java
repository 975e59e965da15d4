package io.vlink.gateway.switches;

/**
 * How much of what is wanted in one switch is there.
 *
 * @param changing networks whose difference is still to be written
 */
public record RuleCounts(
        int wantedRules,
        int wantedMeters,
        int wantedGroups,
        int installedRules,
        int installedMeters,
        int installedGroups,
        int changing) {}
