package io.vlink.path.path;

import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way that a network asks for, whatever kind of network that is.
 *
 * @param field JSON path of what the user wrote for it, which is to blame where it cannot be had
 * @param name as the user calls it; for people
 * @param enters the end that sends, counted from 0 among those of the network
 * @param leaves the end that receives, counted likewise
 * @param from node where traffic enters, as the user wrote it
 * @param to node where traffic leaves, as the user wrote it
 * @param links names of the links to cross, in order; null: none are named
 * @param capabilities what it must have; null: best effort
 * @param mirrorOf number of the demand whose links are crossed here the opposite way, counted from 0; null: of none
 * @param protection what is to happen when a link of it fails
 */
record Demand(
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

    @Nullable Long bandwidthBits() {
        return capabilities == null ? null : capabilities.bandwidthBits();
    }

    @Nullable Long maxLatencyNanos() {
        return capabilities == null ? null : capabilities.latencyNanos();
    }

    /** What it reserves on each link. */
    long reserved() {
        Long bits = bandwidthBits();
        return bits == null ? 0 : bits;
    }
}
