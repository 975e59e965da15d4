package io.vlink.events.links;

import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.Known;
import io.vlink.events.switches.HindranceReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The present state of a link. Key: {@code overlay/name}. Written by the gateway that is master of the switch that
 * receives on the link.
 *
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a record whose epoch is lower than the
 *     one they hold
 * @param up whether frames pass
 * @param reason why it is down, one word in CamelCase; absent when up
 * @param message why it is down, for people; absent when up
 * @param since when the present state began
 * @param latencyNanos measured one-way latency in nanoseconds; absent where it is not measured
 * @param heard when frames last arrived from the switch that sends; present only while that switch has no controller
 *     and if frames ever arrived
 */
public record LinkState(
        ResourceId id,
        long epoch,
        boolean up,

        @Known({LinkStateReason.class, HindranceReason.class}) @Nullable String reason,

        @Nullable String message,
        Instant since,
        @Nullable Long latencyNanos,
        @Nullable Heard heard) {

    /** The topic of these records. */
    public static final TypedTopic<ResourceId, LinkState> TOPIC =
            new TypedTopic<>(Topic.LINK_STATES, LinkState.class, ResourceId::of, LinkState::id);

    /** The state of a link whose sender is not in doubt. */
    public LinkState(
            ResourceId id,
            long epoch,
            boolean up,
            @Nullable String reason,
            @Nullable String message,
            Instant since,
            @Nullable Long latencyNanos) {
        this(id, epoch, up, reason, message, since, latencyNanos, null);
    }
}
