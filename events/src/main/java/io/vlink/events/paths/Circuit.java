package io.vlink.events.paths;

import io.vlink.events.DatapathId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A path there and back with everything that was taken for it: labels, numbers, bandwidth. It says all that is needed to
 * compile rules, and nothing else has to be known for that.
 *
 * @param number unique among the circuits of one overlay while it exists; stands in the cookie of its rules
 * @param generation that of the network which it realises
 * @param from where forward traffic enters
 * @param to where forward traffic leaves
 * @param forward the way from {@code from} to {@code to}
 * @param reverse the way back
 */
public record Circuit(long number, long generation, End from, End to, Route forward, Route reverse) {

    /** Whether rules can be compiled: both ends held by attachments, and every port known. */
    public boolean installable() {
        return from.port() != null
                && to.port() != null
                && Stream.concat(forward.hops().stream(), reverse.hops().stream())
                        .allMatch(Hop::portsKnown);
    }

    /** Whether either direction crosses a switch. */
    public boolean crosses(DatapathId datapathId) {
        return crosses(forward, datapathId) || crosses(reverse, datapathId);
    }

    private static boolean crosses(Route route, DatapathId datapathId) {
        for (Hop hop : route.hops()) {
            if (hop.datapathId().equals(datapathId)) {
                return true;
            }
        }
        return false;
    }

    /** Every switch that either direction crosses. */
    public Set<DatapathId> datapathIds() {
        Set<DatapathId> crossed = new LinkedHashSet<>();
        forward.hops().forEach(hop -> crossed.add(hop.datapathId()));
        reverse.hops().forEach(hop -> crossed.add(hop.datapathId()));
        return crossed;
    }
}
