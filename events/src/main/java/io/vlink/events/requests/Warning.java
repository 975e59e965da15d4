package io.vlink.events.requests;

import io.vlink.events.Between;
import org.jspecify.annotations.Nullable;

/**
 * What the caller should know, though it was granted.
 *
 * @param reason one word in CamelCase: {@code InUse}, circuits use what was edited or withdrawn
 * @param message the same for people; it names no network
 * @param current of {@code InUse}: how many networks cross it now; absent otherwise
 * @param leaving of {@code InUse}: how many more networks do not cross it any more, but their rules are not confirmed gone; absent otherwise
 */
public record Warning(
        String reason,
        String message,
        @Between(min = 0) @Nullable Integer current,
        @Between(min = 0) @Nullable Integer leaving) {}
