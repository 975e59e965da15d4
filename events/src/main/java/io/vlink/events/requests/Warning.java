package io.vlink.events.requests;

import io.vlink.events.Between;
import io.vlink.events.Known;
import io.vlink.events.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the caller should know, though it was granted.
 *
 * @param reason one word in CamelCase, stable, for programs
 * @param message the same for people; it names no network
 * @param current of {@code InUse}: how many networks cross it now; absent otherwise
 * @param leaving of {@code InUse}: how many more networks do not cross it any more, but their rules are not confirmed gone; absent otherwise
 */
public record Warning(
        @Known(RequestReason.class) String reason,
        String message,
        @Between(min = 0) @Nullable Integer current,
        @Between(min = 0) @Nullable Integer leaving) {

    public Warning(Reason reason, String message, @Nullable Integer current, @Nullable Integer leaving) {
        this(reason.name(), message, current, leaving);
    }
}
