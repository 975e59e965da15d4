package io.vlink.networkapi.topology;

import io.vlink.events.links.Link;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A link as REST shows it.
 *
 * @param generation counts its changes; also its entity tag
 * @param status what is known of it now; absent while nothing is
 */
@Schema(name = "Link")
record ShownLink(
        String overlay,
        String name,
        long generation,
        Instant createdAt,
        LinkSpec spec,
        @Nullable Status status) {

    /** The link, as the gateway of the receiving switch sees it. */
    @Schema(name = "LinkStatus")
    record Status(
            boolean up,
            @Nullable String reason,
            @Nullable String message,
            Instant since,
            @Nullable Long latencyNanos) {}

    static ShownLink of(Link link, @Nullable LinkState state) {
        return new ShownLink(
                link.id().overlay(),
                link.id().name(),
                link.generation(),
                link.createdAt(),
                link.spec(),
                state == null
                        ? null
                        : new Status(state.up(), state.reason(), state.message(), state.since(), state.latencyNanos()));
    }
}
