package io.vlink.audit.tables;

import java.util.List;

/** One group that stands in a switch: whatever its type, the frame may take any of its buckets. */
public record TableGroup(long number, List<List<FlowAction>> buckets) {
    public TableGroup {
        buckets = buckets.stream().map(List::copyOf).toList();
    }
}
