package io.vlink.networkapi.reading;

import io.vlink.events.requests.Request;
import org.jspecify.annotations.Nullable;

/** The content of one record of {@code vlink.requests}. */
public sealed interface Intake {

    /** Not readable as a request; {@code reason} says why and what would be right. */
    record Unreadable(String reason) implements Intake {}

    /**
     * A request.
     *
     * @param requestId the id that the producer gave; null if none
     * @param overlay the overlay that the request is for; null if not legible
     * @param subject key of the thing requested; null if not legible
     * @param requestedBy who asks; null if not legible
     */
    record RequestOrigin(
            @Nullable String requestId,
            @Nullable String overlay,
            @Nullable String subject,
            @Nullable String requestedBy,
            Reading<Request> request)
            implements Intake {}
}
