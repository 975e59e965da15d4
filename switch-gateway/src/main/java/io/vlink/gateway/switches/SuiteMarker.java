package io.vlink.gateway.switches;

/**
 * The rule that says whose a switch is. It stands in table 0 below all others and matches what no frame has (metadata), so
 * it never does anything.
 *
 * @param suite the suite's id, 16 hex digits; the metadata that it matches
 * @param recorded up to this offset of vlink.rules the switch was told; in its cookie
 */
public record SuiteMarker(String suite, long recorded) {

    /** Below every rule that does something. */
    public static final int PRIORITY = 0;
}
