package io.vlink.operator.network;

import io.vlink.events.NetworkId;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.requests.Answer;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next step for a network whose resource was deleted. Pure. */
public sealed interface NetworkRemoval {

    /** The resource may be deleted. {@code late}: not all switches have confirmed. */
    record Removed(boolean late) implements NetworkRemoval {}

    /** The resource has to wait. {@code request} is the request to send, if any. */
    record Waiting(@Nullable OperatorRequest request) implements NetworkRemoval {}

    /**
     * Decides what to do now.
     *
     * @param owned the network that the resource owns; null if it owns none
     * @param loaded whether the state topics were read to their end
     * @param highest the highest generation of its record seen, including that of a deleted record
     * @param recorded whether a record still exists, withdrawn or not
     * @param asked the last request about it
     * @param deletedAt when the resource was deleted
     */
    static NetworkRemoval of(
            @Nullable NetworkId owned,
            boolean loaded,
            long highest,
            boolean recorded,
            @Nullable PendingRequest asked,
            Instant deletedAt,
            Duration patience,
            Duration deadline,
            Instant now) {
        if (owned == null) {
            return new Removed(false);
        }
        OperatorRequest request = OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NETWORK, owned.toString());
        if (!loaded || asked == null || !asked.settles(request, patience, now)) {
            return new Waiting(request);
        }
        return switch (asked.answer()) {
            case null -> new Waiting(null);
            case Answer.Refused refused ->
                refused.violations().stream().anyMatch(v -> v.is(RequestReason.UNKNOWN))
                        ? new Removed(false)
                        : new Waiting(now.isAfter(asked.at().plus(patience)) ? request : null);
            case Answer.Recorded heard -> {
                if (!recorded && highest >= heard.generation()) {
                    yield new Removed(false);
                }
                // Not before it is recorded as withdrawn: from then on it is not lost, however long a switch stays
                // away.
                yield now.isAfter(deletedAt.plus(deadline)) ? new Removed(true) : new Waiting(null);
            }
        };
    }
}
