package io.vlink.gateway.switches;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Bucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bucket of a group, as it stands in the switch.
 *
 * @param watchPort the port that has to be live; absent: none
 * @param watchGroup the group that has to be alive; absent: none
 */
public record GroupBucket(
        @Nullable PortNumber watchPort, @Nullable Long watchGroup, List<FlowAction> actions) {

    public GroupBucket {
        actions = List.copyOf(actions);
    }

    static GroupBucket of(Bucket bucket) {
        Integer group = bucket.watchGroup();
        return new GroupBucket(bucket.watchPort(), group == null ? null : group.longValue(), FlowAction.of(bucket));
    }
}
