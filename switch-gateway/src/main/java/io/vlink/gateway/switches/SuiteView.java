package io.vlink.gateway.switches;

/**
 * The suite that we work for, as far as it matters to a switch.
 *
 * @param marks by which its switches are known
 * @param end of the switch's partition of vlink.rules, as far as it is known
 */
public record SuiteView(SuiteMarks marks, long end) {

    /** The mark that is put. */
    String suite() {
        return marks.own();
    }
}
