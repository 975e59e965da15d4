package io.vlink.events.paths;

import io.vlink.events.Label;
import org.jspecify.annotations.Nullable;

/**
 * The edge of the graph: here a workload sends or receives.
 *
 * @param end which of the circuit's ends it is, counted from 0
 */
public record AtEnd(int end) implements Edge {

    public AtEnd {
        if (end < 0) {
            throw new IllegalArgumentException("The end (%d) must be counted from 0.".formatted(end));
        }
    }

    @Override
    public @Nullable Label label() {
        return null;
    }

    @Override
    public @Nullable String link() {
        return null;
    }
}
