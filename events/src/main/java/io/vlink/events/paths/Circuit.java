package io.vlink.events.paths;

import io.vlink.events.DatapathId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        return from.port() != null && to.port() != null && portsKnown(forward) && portsKnown(reverse);
    }

    private static boolean portsKnown(Route route) {
        for (Hop hop : route.hops()) {
            if (!hop.portsKnown()) {
                return false;
            }
        }
        return true;
    }

    /** Whether either direction crosses a switch. */
    public boolean crosses(DatapathId datapathId) {
        return nodeOf(datapathId) != null;
    }

    /** The node of a switch that either direction crosses; null: none does. */
    public @Nullable String nodeOf(DatapathId datapathId) {
        String node = nodeOf(datapathId, forward);
        return node == null ? nodeOf(datapathId, reverse) : node;
    }

    private static @Nullable String nodeOf(DatapathId datapathId, Route route) {
        for (Hop hop : route.hops()) {
            if (hop.datapathId().equals(datapathId)) {
                return hop.node();
            }
        }
        return null;
    }

    /** Every switch that either direction crosses. */
    public Set<DatapathId> datapathIds() {
        Set<DatapathId> crossed = new LinkedHashSet<>();
        for (Hop hop : forward.hops()) {
            crossed.add(hop.datapathId());
        }
        for (Hop hop : reverse.hops()) {
            crossed.add(hop.datapathId());
        }
        return crossed;
    }
}
