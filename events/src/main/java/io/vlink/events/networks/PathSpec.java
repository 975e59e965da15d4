package io.vlink.events.networks;

import io.vlink.events.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a network.
 *
 * @param name for people only
 * @param fromEndpoint the node where traffic enters
 * @param toEndpoint the node where traffic leaves
 * @param links names of the links to cross, in order; empty where both ends are on one node; absent: computed
 * @param capabilities the requirements on the path; absent: best effort
 */
public record PathSpec(
        @Nullable String name,
        @Name String fromEndpoint,
        @Name String toEndpoint,
        @Name @Nullable List<String> links,
        @Nullable Capabilities capabilities) {

    public PathSpec {
        links = links == null ? null : List.copyOf(links);
    }
}
