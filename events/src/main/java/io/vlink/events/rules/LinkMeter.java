package io.vlink.events.rules;

import io.vlink.events.PortNumber;
import java.util.OptionalInt;

/**
 * Which meter of a switch all best effort passes that leaves by a port over links: one for each sending port. Its number follows
 * from the port's, so that nobody has to give it out; networks' own meters have the numbers below. The group of a sending port has
 * the same number among groups.
 */
public final class LinkMeter {

    /** The lowest number that is no network's. */
    public static final int FIRST = 0x1_0000;

    /** The highest number that may be Vlink's. */
    public static final int LAST = 0x1_ffff;

    private LinkMeter() {}

    /** The meter of a sending port; empty for ports above 65,535, which have none. Open vSwitch numbers none so. */
    public static OptionalInt of(PortNumber port) {
        return port.value() <= LAST - FIRST ? OptionalInt.of(FIRST + (int) port.value()) : OptionalInt.empty();
    }

    /** Whether a meter's number is one of these, and not a network's. */
    public static boolean is(long number) {
        return number > FIRST && number <= LAST;
    }

    /** The port whose meter it is. */
    public static PortNumber port(long number) {
        return PortNumber.of(number - FIRST);
    }
}
