package io.vlink.gateway.switches.possession;

/**
 * The part of this gateway's suite that matters to a switch.
 *
 * @param marks the marks that identify its switches
 * @param end the end of the switch's partition of vlink.rules, as far as it is known
 */
public record SuiteView(SuiteMarks marks, long end) {

    /** Returns the mark that is written to switches. */
    String suite() {
        return marks.own();
    }
}
