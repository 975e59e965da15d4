package io.vlink.events.links;

import io.vlink.events.schema.Between;
import io.vlink.events.schema.MayOmit;
import org.jspecify.annotations.Nullable;

/**
 * A user's declaration of a link.
 *
 * @param from where traffic enters the link
 * @param to where traffic leaves the link, on another node
 * @param kind the medium of the link
 * @param capacityBits the capacity that may be reserved on it, in bit/s, at least 1,000
 * @param latencyNanos its declared one-way latency in nanoseconds, at least 0; a measured one takes precedence
 * @param maintenance no new path may cross the link
 * @param bestEffortFloorBits the share of its capacity that is kept for vlinks without bandwidth and cannot be
 *     reserved, in bit/s; absent: as configured in path-service
 */
public record LinkSpec(
        LinkEnd from,
        LinkEnd to,
        @Between(min = 1_000, max = 1_000_000_000_000_000L) long capacityBits,
        @Between(min = 0, max = 3_600_000_000_000L) long latencyNanos,
        @MayOmit("plain") LinkKind kind,
        @MayOmit("false") boolean maintenance,

        @Between(min = 0, max = 1_000_000_000_000_000L) @Nullable Long bestEffortFloorBits) {

    /** A link with the best-effort share that path-service is configured with. */
    public LinkSpec(
            LinkEnd from, LinkEnd to, long capacityBits, long latencyNanos, LinkKind kind, boolean maintenance) {
        this(from, to, capacityBits, latencyNanos, kind, maintenance, null);
    }

    public LinkSpec {
        if (capacityBits < 1_000) {
            throw new IllegalArgumentException(
                    "The capacityBits (%d) of a link must be at least 1000 bit/s.".formatted(capacityBits));
        }
        if (latencyNanos < 0) {
            throw new IllegalArgumentException(
                    "The latencyNanos (%d) of a link must not be negative.".formatted(latencyNanos));
        }
        if (bestEffortFloorBits != null && (bestEffortFloorBits < 0 || bestEffortFloorBits > capacityBits)) {
            throw new IllegalArgumentException(
                    "The bestEffortFloorBits (%d) of a link must be between 0 and its capacityBits, %d bit/s."
                            .formatted(bestEffortFloorBits, capacityBits));
        }
    }
}
