package io.vlink.events.rules;

import io.vlink.events.PortNumber;
import java.util.OptionalInt;

/**
 * The number of the meter that all best effort passes which a switch sends over links by one port: one meter per
 * sending port. It follows from the port's number, so it needs no allocation; meters of networks have lower numbers.
 * The group of a sending port has the same number among groups.
 */
public final class LinkMeter {

    /** The lowest number that no network uses. */
    public static final int FIRST = 0x1_0000;

    /** The highest number that Vlink uses. */
    public static final int LAST = 0x1_ffff;

    private LinkMeter() {}

    /**
     * Returns the meter of a sending port; empty for ports above 65,535, which have none. Open vSwitch does not use
     * such numbers.
     */
    public static OptionalInt of(PortNumber port) {
        return port.value() <= LAST - FIRST ? OptionalInt.of(FIRST + (int) port.value()) : OptionalInt.empty();
    }

    /** Whether a meter belongs to a sending port, and not to a network. */
    public static boolean is(long number) {
        return number > FIRST && number <= LAST;
    }

    /** Returns the port of a meter. */
    public static PortNumber port(long number) {
        return PortNumber.of(number - FIRST);
    }
}
