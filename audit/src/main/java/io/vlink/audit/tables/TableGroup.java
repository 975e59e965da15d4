package io.vlink.audit.tables;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One group in a switch.
 *
 * @param type all, select, indirect or ff; with any of them a frame may take any bucket
 */
public record TableGroup(long number, String type, List<GroupBucket> buckets) {

    /**
     * One bucket of a group.
     *
     * @param watchPort the port that has to be up; absent: none
     * @param watchGroup the group that has to be live; absent: none
     */
    public record GroupBucket(
            @Nullable Long watchPort, @Nullable Long watchGroup, List<FlowAction> actions) {

        public GroupBucket {
            actions = List.copyOf(actions);
        }

        String text() {
            return (watchPort == null ? "" : "watch_port:" + watchPort + ",")
                    + (watchGroup == null ? "" : "watch_group:" + watchGroup + ",")
                    + "actions="
                    + (actions.isEmpty()
                            ? "drop"
                            : actions.stream().map(FlowAction::text).collect(Collectors.joining(",")));
        }
    }

    public TableGroup {
        buckets = List.copyOf(buckets);
    }

    /** Returns the group in the notation of {@code ovs-ofctl}. */
    public String text() {
        return "group_id=%d,type=%s%s"
                .formatted(
                        number,
                        type,
                        buckets.stream()
                                .map(bucket -> ",bucket=" + bucket.text())
                                .collect(Collectors.joining()));
    }
}
