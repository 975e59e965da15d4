package io.vlink.operator.network;

import io.vlink.events.NetworkId;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.RequestReason;
import io.vlink.operator.wish.Asked;
import io.vlink.operator.wish.Wish;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done about a network whose resource was deleted. Pure. */
public sealed interface Farewell {

    /** The resource may go. {@code late} says that the switches have not all confirmed. */
    record Gone(boolean late) implements Farewell {}

    /** It has to wait; {@code wish} is to be asked for, if anything. */
    record Waiting(@Nullable Wish wish) implements Farewell {}

    /**
     * Decides.
     *
     * @param owned the network that the resource owns; absent where it owns none
     * @param loaded whether the state topics were read to their end
     * @param highest the highest generation of its record seen, also of one that is gone
     * @param recorded whether a record is there still, withdrawn or not
     * @param asked the last that was asked about it
     * @param deletedAt when the resource was deleted
     */
    static Farewell of(
            @Nullable NetworkId owned,
            boolean loaded,
            long highest,
            boolean recorded,
            @Nullable Asked asked,
            Instant deletedAt,
            Duration patience,
            Duration deadline,
            Instant now) {
        if (owned == null) {
            return new Gone(false);
        }
        Wish wish = Wish.withdraw(Wish.Verb.WithdrawNetwork, owned.toString());
        if (!loaded || asked == null || !asked.settles(wish, patience, now)) {
            return new Waiting(wish);
        }
        return switch (asked.answer()) {
            case null -> new Waiting(null);
            case Answer.Refused refused ->
                refused.violations().stream().anyMatch(v -> v.is(RequestReason.Unknown))
                        ? new Gone(false)
                        : new Waiting(now.isAfter(asked.at().plus(patience)) ? wish : null);
            case Answer.Recorded heard -> {
                if (!recorded && highest >= heard.generation()) {
                    yield new Gone(false);
                }
                // Only once it is recorded as withdrawn: nobody forgets it then, however long a switch stays away.
                yield now.isAfter(deletedAt.plus(deadline)) ? new Gone(true) : new Waiting(null);
            }
        };
    }
}
