package io.vlink.gateway.switches.sync;

/**
 * The numbers of wanted and of installed rules, meters and groups in one switch.
 *
 * @param changing the number of owners for which a difference is still to be written
 */
public record RuleCounts(
        int wantedRules,
        int wantedMeters,
        int wantedGroups,
        int installedRules,
        int installedMeters,
        int installedGroups,
        int changing) {}
