package io.vlink.gateway.switches.entries;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Bucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bucket of a group, in the form in which the switch has it.
 *
 * @param watchPort the port that must be live; absent: none
 * @param watchGroup the group that must be live; absent: none
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
