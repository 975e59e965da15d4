package io.vlink.events.links;

/**
 * What a user declares of a link.
 *
 * @param capacityBits what may be reserved on it, in bit/s, at least 1,000
 * @param latencyNanos its declared one-way latency in nanoseconds, at least 0; a measured one takes precedence
 * @param maintenance no new path may cross the link
 */
public record LinkSpec(
        LinkEnd from, LinkEnd to, long capacityBits, long latencyNanos, LinkKind kind, boolean maintenance) {

    public LinkSpec {
        if (capacityBits < 1_000) {
            throw new IllegalArgumentException(
                    "The capacityBits (%d) of a link must be at least 1000 bit/s.".formatted(capacityBits));
        }
        if (latencyNanos < 0) {
            throw new IllegalArgumentException(
                    "The latencyNanos (%d) of a link must not be negative.".formatted(latencyNanos));
        }
    }
}
