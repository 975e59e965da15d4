package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import java.time.Duration;

/**
 * How switches are treated.
 *
 * @param gateway name of this instance
 * @param pollEvery how often rules and counters are read back
 * @param retryEvery how often rules that a switch refused are sent again
 * @param foreignEvery how often the rules of others are read
 * @param grace how long a switch that was connected when we became its owner may take to connect here
 */
public record SwitchSettings(
        String gateway, Duration pollEvery, Duration retryEvery, Duration foreignEvery, Duration grace) {

    /** A number whose multiples lie as far apart as can be: 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /**
     * How long after a switch was taken over it is read back for the first time: spread over {@link #pollEvery} by datapath id,
     * as switches are often taken over together, and all at once they would hold up whatever else is to be done.
     */
    Duration firstPoll(DatapathId id) {
        long share = 1 + ((id.value() * SPREAD) >>> 54);
        return pollEvery.multipliedBy(share).dividedBy(1 << 10);
    }
}
