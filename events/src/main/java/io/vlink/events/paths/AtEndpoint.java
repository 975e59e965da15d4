package io.vlink.events.paths;

import io.vlink.events.Label;
import org.jspecify.annotations.Nullable;

/**
 * An edge at an end of the circuit, where a workload sends or receives.
 *
 * @param endpoint the index of the end among the circuit's ends, from 0
 */
public record AtEndpoint(int endpoint) implements Edge {

    public AtEndpoint {
        if (endpoint < 0) {
            throw new IllegalArgumentException("The end (%d) must not be negative.".formatted(endpoint));
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
