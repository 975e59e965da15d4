package io.vlink.gateway.switches;

import java.util.List;

/** Changes that are sent together and confirmed together. */
public record Batch(long number, List<OwnerChange> changes) {

    public Batch {
        changes = List.copyOf(changes);
    }

    int size() {
        return changes.stream().mapToInt(OwnerChange::size).sum();
    }
}
