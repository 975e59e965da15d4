package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Between;
import java.util.List;

/**
 * One wanted group (OpenFlow 1.4.1 §5.6): what is done with frames that rules hand to it, or what is only watched.
 *
 * @param number unique among the groups of the switch; 1 to 65,535 of a network, of a link that of its {@link LinkMeter}
 * @param kind which buckets frames take
 * @param buckets what is done; none: nothing, and a bucket that watches the group sees it dead
 */
public record Group(@Between(min = 1, max = LinkMeter.LAST) int number, Kind kind, List<Bucket> buckets) {

    /** Which buckets frames take. */
    public enum Kind {
        /** Each of them a copy. */
        @JsonProperty("all")
        ALL,
        /** The first that is alive; that is settled in the switch, and without a controller. */
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
                    "The group %d sends to all of its buckets, so none of them can watch anything.".formatted(number));
        }
    }
}
