package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.schema.Between;
import java.util.List;

/**
 * One required group (OpenFlow 1.4.1 §5.6), which rules hand frames to, or which is only watched.
 *
 * @param number unique among the groups of the switch; 1 to 65,535 for a network, that of its {@link LinkMeter} for a
 *     link
 * @param kind the choice of buckets
 * @param buckets the ways that frames may take; none: frames are dropped, and a bucket that watches the group sees it
 *     dead
 */
public record Group(@Between(min = 1, max = LinkMeter.LAST) int number, Kind kind, List<Bucket> buckets) {

    /** The choice of buckets for a frame. */
    public enum Kind {
        /** Every bucket gets a copy. */
        @JsonProperty("all")
        ALL,
        /** The first live bucket; the switch chooses it without a controller. */
        @JsonProperty("fastFailover")
        FAST_FAILOVER
    }

    public Group {
        buckets = List.copyOf(buckets);
        if (number < 1 || number > LinkMeter.LAST) {
            throw new IllegalArgumentException(
                    "The group (%d) must be between 1 and %d.".formatted(number, LinkMeter.LAST));
        }
        if (kind == Kind.ALL && buckets.stream().anyMatch(Bucket::watches)) {
            throw new IllegalArgumentException(
                    "The group %d sends to all of its buckets, so none of them may watch a port or group."
                            .formatted(number));
        }
    }
}
