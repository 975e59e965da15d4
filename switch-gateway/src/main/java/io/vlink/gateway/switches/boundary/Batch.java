package io.vlink.gateway.switches.boundary;

import java.util.List;

/** Changes that are sent together and confirmed together. */
public record Batch(long number, List<OwnerChange> changes) {

    public Batch {
        changes = List.copyOf(changes);
    }

    public int size() {
        return changes.stream().mapToInt(OwnerChange::size).sum();
    }
}
