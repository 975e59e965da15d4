package io.vlink.events.requests;

import io.vlink.events.reasons.Reason;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.schema.Between;
import io.vlink.events.schema.Known;
import org.jspecify.annotations.Nullable;

/**
 * Something that the requester should know although the request was granted.
 *
 * @param reason one word in CamelCase, stable, for programs
 * @param message the warning for people; names no network
 * @param current for {@code InUse}: the number of networks that cross the subject now; absent otherwise
 * @param leaving for {@code InUse}: the number of further networks that no longer cross the subject, but whose rules
 *     are not confirmed removed; absent otherwise
 */
public record Warning(
        @Known(RequestReason.class) String reason,
        String message,
        @Between(min = 0) @Nullable Integer current,
        @Between(min = 0) @Nullable Integer leaving) {

    public Warning(Reason reason, String message, @Nullable Integer current, @Nullable Integer leaving) {
        this(reason.word(), message, current, leaving);
    }
}
