package io.vlink.operator.request;

import io.vlink.events.requests.Answer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that was sent, and its answer once it arrives. Kept in memory only: after a restart all is requested again.
 */
public record PendingRequest(
        OperatorRequest request,
        String requestId,
        Instant at,
        @Nullable Answer answer) {

    public PendingRequest answered(Answer heard) {
        return new PendingRequest(request, requestId, at, heard);
    }

    /** Returns whether {@code wanted} need not be sent: it was sent already, and was answered or may still be. */
    public boolean settles(OperatorRequest wanted, Duration patience, Instant now) {
        return request.sameAs(wanted) && (answer != null || now.isBefore(at.plus(patience)));
    }
}
