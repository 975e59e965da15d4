package io.vlink.events.links;

import io.vlink.events.Known;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.switches.HindranceReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a link now. Key: {@code overlay/name}. Written by the gateway that is master of the switch which
 * receives on the link.
 *
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a lower one than they hold
 * @param up whether frames pass
 * @param reason why it is down, one word in CamelCase; absent when up
 * @param message why it is down, for people; absent when up
 * @param since when it came to be so
 * @param latencyNanos measured one-way latency in nanoseconds; absent where nothing measures it
 * @param heard when frames last came in from the switch that sends, told only while that has lost its controller; absent
 *     otherwise, and where none ever came
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

    /** Where it stands. */
    public static final TypedTopic<ResourceId, LinkState> TOPIC =
            new TypedTopic<>(Topic.LINK_STATES, LinkState.class, ResourceId::of, LinkState::id);

    /** One whose sender is not in question. */
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
