package io.vlink.audit.tables;

import io.vlink.events.rules.Meter;

/**
 * One meter in a switch.
 *
 * @param settings flags and bands in the notation of {@code ovs-ofctl}
 */
public record TableMeter(long number, String settings) {

    /** Returns the settings of a wanted meter. */
    public static String settings(Meter wanted) {
        return "kbps burst type=drop rate=%d burst_size=%d".formatted(wanted.rateKbps(), wanted.burstKbits());
    }
}
