package io.vlink.path.path;

import io.vlink.events.links.Link;
import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.PathSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a network as it is being planned.
 *
 * @param field JSON path of what the user wrote for it
 * @param spec what it must be
 * @param links the links to cross, in order; of a broken one, those that are known
 * @param fields JSON path of each link
 */
record Leg(String field, PathSpec spec, List<Link> links, List<String> fields) {

    Leg {
        links = List.copyOf(links);
        fields = List.copyOf(fields);
    }

    @Nullable Long bandwidthBits() {
        Capabilities capabilities = spec.capabilities();
        return capabilities == null ? null : capabilities.bandwidthBits();
    }

    @Nullable Long maxLatencyNanos() {
        Capabilities capabilities = spec.capabilities();
        return capabilities == null ? null : capabilities.latencyNanos();
    }

    /** What it reserves on each link. */
    long reserved() {
        Long bits = bandwidthBits();
        return bits == null ? 0 : bits;
    }

    List<String> linkNames() {
        return links.stream().map(link -> link.id().name()).toList();
    }
}
