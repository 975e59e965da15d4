package io.vlink.events.rules;

import io.vlink.events.schema.Between;

/**
 * One required meter with one drop band (OpenFlow 1.4.1 §7.3.4.4), flags KBPS and BURST.
 *
 * @param number unique in the switch; 1 to 65,535 for a network, 65,536 plus the port's number for a {@link LinkMeter}
 * @param rateKbps kbit/s, at least 1
 * @param burstKbits kbit, at least 1
 */
public record Meter(
        @Between(min = 1, max = LinkMeter.LAST) int number,
        @Between(min = 1, max = 0xffffffffL) long rateKbps,
        @Between(min = 1, max = 0xffffffffL) long burstKbits) {

    public Meter {
        if (number < 1 || number > LinkMeter.LAST) {
            throw new IllegalArgumentException(
                    "The meter (%d) must be between 1 and %d.".formatted(number, LinkMeter.LAST));
        }
        if (rateKbps < 1 || rateKbps > 0xffffffffL || burstKbits < 1 || burstKbits > 0xffffffffL) {
            throw new IllegalArgumentException(
                    "The rate (%d kbit/s) and burst (%d kbit) of meter %d must be between 1 and 4294967295."
                            .formatted(rateKbps, burstKbits, number));
        }
    }
}
