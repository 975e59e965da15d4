package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import java.time.Duration;

/**
 * Settings for the handling of switches.
 *
 * @param gateway the name of this instance
 * @param pollEvery how often rules and counters are read back
 * @param retryEvery how often rules that a switch refused are sent again
 * @param foreignEvery how often foreign rules are read
 * @param grace how long a switch that was connected when this gateway became its owner may take to connect here
 */
public record SwitchSettings(
        String gateway, Duration pollEvery, Duration retryEvery, Duration foreignEvery, Duration grace) {

    /** 2^64 divided by the golden ratio: its multiples are spread evenly. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /**
     * Returns the delay from the takeover of a switch to its first read-back. Delays are spread over {@link #pollEvery}
     * by datapath id: switches are often taken over together, and reading all of them at once would hold up other work.
     */
    Duration firstPoll(DatapathId id) {
        long share = 1 + ((id.value() * SPREAD) >>> 54);
        return pollEvery.multipliedBy(share).dividedBy(1 << 10);
    }
}
