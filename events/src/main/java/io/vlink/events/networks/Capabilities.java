package io.vlink.events.networks;

import io.vlink.events.schema.Between;
import org.jspecify.annotations.Nullable;

/**
 * The requirements on a path.
 *
 * @param bandwidthBits bit/s to reserve and police, at least 1,000; absent: nothing is reserved or policed
 * @param latencyNanos the largest sum of the links' latencies, in nanoseconds, at least 1; absent: any
 */
public record Capabilities(
        @Between(min = 1_000, max = 4_294_967_295_000L) @Nullable Long bandwidthBits,

        @Between(min = 1, max = 3_600_000_000_000L) @Nullable Long latencyNanos) {

    public Capabilities {
        if (bandwidthBits != null && bandwidthBits < 1_000) {
            throw new IllegalArgumentException(
                    "The bandwidthBits (%d) must be at least 1000 bit/s.".formatted(bandwidthBits));
        }
        if (latencyNanos != null && latencyNanos < 1) {
            throw new IllegalArgumentException("The latencyNanos (%d) must be at least 1 ns.".formatted(latencyNanos));
        }
    }
}
