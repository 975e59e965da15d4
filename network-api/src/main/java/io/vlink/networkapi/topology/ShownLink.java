package io.vlink.networkapi.topology;

import io.vlink.events.links.Link;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.requests.Warning;
import io.vlink.networkapi.rest.Warned;
import io.vlink.networkapi.usage.Use;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A link as REST shows it.
 *
 * @param generation counts its changes; also its entity tag
 * @param requestedBy who requested the last change; absent if unknown
 * @param withdrawn true while it is being removed, when it takes no new paths; absent otherwise
 * @param status its current status; absent while unknown
 * @param use how many networks cross it; absent if none does
 * @param reservedBits bit/s that networks reserve on it; 0 if none does
 * @param freeBits bit/s that may still be reserved: its capacity less its own {@code bestEffortFloorBits} and what is
 *     reserved. If path-service is configured with a floor for links without one, less of it is free. 0 also if more is
 *     reserved than a lowered capacity allows
 * @param warnings what the caller should know; only in the answer to a write
 */
@Schema(name = "Link")
record ShownLink(
        String overlay,
        String name,
        long generation,
        Instant createdAt,
        @Nullable String requestedBy,
        @Nullable Boolean withdrawn,
        LinkSpec spec,
        @Nullable ShownLinkStatus status,
        @Nullable Use use,
        long reservedBits,
        long freeBits,
        @Nullable List<Warning> warnings)
        implements Warned {

    /**
     * The link as seen by the gateways of the switches at both ends.
     *
     * @param up whether frames can pass
     * @param since when this was reported
     */
    @Schema(name = "LinkStatus")
    record ShownLinkStatus(
            boolean up,
            @Nullable String reason,
            @Nullable String message,
            Instant since,
            @Nullable Long latencyNanos) {}

    static ShownLink of(Link link, @Nullable ShownLinkStatus status, Use use, long reservedBits) {
        return new ShownLink(
                link.id().overlay(),
                link.id().name(),
                link.generation(),
                link.createdAt(),
                link.requestedBy(),
                link.withdrawn() ? Boolean.TRUE : null,
                link.spec(),
                status,
                use.unused() ? null : use,
                reservedBits,
                free(link.spec(), reservedBits),
                null);
    }

    private static long free(LinkSpec spec, long reservedBits) {
        Long floor = spec.bestEffortFloorBits();
        return Math.max(0, spec.capacityBits() - (floor == null ? 0 : floor) - reservedBits);
    }

    @Override
    public ShownLink with(List<Warning> of) {
        return new ShownLink(
                overlay,
                name,
                generation,
                createdAt,
                requestedBy,
                withdrawn,
                spec,
                status,
                use,
                reservedBits,
                freeBits,
                of);
    }
}
