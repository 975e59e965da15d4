package io.vlink.audit.tables;

import io.vlink.events.rules.Meter;

/**
 * One meter that stands in a switch.
 *
 * @param settings flags and bands in the notation of {@code ovs-ofctl}
 */
public record TableMeter(long number, String settings) {

    /** What the settings of a wanted meter are. */
    public static String settings(Meter wanted) {
        return "kbps burst type=drop rate=%d burst_size=%d".formatted(wanted.rateKbps(), wanted.burstKbits());
    }
}
