package io.vlink.networkapi.reading;

import io.vlink.events.requests.Request;
import org.jspecify.annotations.Nullable;

/** What one record of {@code vlink.requests} is. */
public sealed interface Intake {

    /** Nobody can tell what it asks for; {@code reason} says what would be right. */
    record Unreadable(String reason) implements Intake {}

    /**
     * A request.
     *
     * @param requestId as the asker gave it; absent where none was given
     * @param overlay whose recorder it is for; absent where it does not say that legibly
     * @param subject key of what is asked for; absent where it does not say that legibly
     * @param requestedBy who asks; absent where it does not say that legibly
     */
    record Asked(
            @Nullable String requestId,
            @Nullable String overlay,
            @Nullable String subject,
            @Nullable String requestedBy,
            Reading<Request> request)
            implements Intake {}
}
