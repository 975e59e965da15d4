package io.vlink.path.planning;

import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction that a network requests, independent of the network's type.
 *
 * @param field JSON path of the user's input, to point at if the demand cannot be met
 * @param name the user's name for it; for people
 * @param enters the sending endpoint, an index from 0 among those of the network
 * @param leaves the receiving endpoint, likewise
 * @param from node where traffic enters, as the user wrote it
 * @param to node where traffic leaves, as the user wrote it
 * @param links names of the links to cross, in order; null: none are named
 * @param capabilities required bandwidth and latency; null: best effort
 * @param mirrorOf index, from 0, of the demand whose links are crossed here in the opposite direction; null: none
 * @param protection what happens when one of its links fails
 */
public record Demand(
        String field,
        @Nullable String name,
        int enters,
        int leaves,
        String from,
        String to,
        @Nullable List<String> links,
        @Nullable Capabilities capabilities,
        @Nullable Integer mirrorOf,
        Protection protection) {

    public @Nullable Long bandwidthBits() {
        return capabilities == null ? null : capabilities.bandwidthBits();
    }

    public @Nullable Long maxLatencyNanos() {
        return capabilities == null ? null : capabilities.latencyNanos();
    }

    /** Returns a sentence about a link of this direction, which says so if it is the way back. */
    String said(String sentence) {
        return enters == 0
                ? sentence
                : "On the way back, " + Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** Returns the bandwidth that it reserves on each link, in bit/s. */
    public long reserved() {
        Long bits = bandwidthBits();
        return bits == null ? 0 : bits;
    }
}
