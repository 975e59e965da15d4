package io.vlink.gateway.switches.entries;

/**
 * The rule that names the suite that a switch belongs to. It has the lowest priority in table 0 and matches metadata
 * that no frame has, so it never takes effect.
 *
 * @param suite the suite's id, 16 hex digits; the metadata that the rule matches
 * @param recorded the offset of vlink.rules up to which the switch is up to date; stored in the rule's cookie
 */
public record SuiteMarker(String suite, long recorded) {

    /** Lower than the priority of every rule that takes effect. */
    public static final int PRIORITY = 0;
}
