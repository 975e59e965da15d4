package io.vlink.gateway.messaging;

import io.vlink.events.rules.RuleState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects rule states of several switches to write them together. A network is ready only when the last of its switches has
 * confirmed, so states of the others need no write of their own.
 */
final class GatheredStates {

    /** Maximum wait of one switch's confirmation for those of others. */
    private static final Duration TOGETHER = Duration.ofMillis(2);

    private final List<RuleState> states = new ArrayList<>();
    private Instant due = Instant.MAX;

    void add(Collection<RuleState> said) {
        states.addAll(said);
    }

    /**
     * Removes and returns the states to write now.
     *
     * @param atOnce whether another record is about to be written that must not precede them
     * @param writing whether any switch is about to confirm more; called only if it matters
     */
    List<RuleState> take(boolean atOnce, BooleanSupplier writing, Instant now) {
        if (states.isEmpty() || !(isTimeToTell(writing, now) || atOnce)) {
            return List.of();
        }
        List<RuleState> all = List.copyOf(states);
        states.clear();
        due = Instant.MAX;
        return all;
    }

    private boolean isTimeToTell(BooleanSupplier writing, Instant now) {
        if (!writing.getAsBoolean()) {
            return true;
        }
        if (due.equals(Instant.MAX)) {
            due = now.plus(TOGETHER);
        }
        return !due.isAfter(now);
    }

    /** Returns the time when the states are due, or the other time if that is earlier; null: neither is set. */
    @Nullable Instant earlier(@Nullable Instant other) {
        return states.isEmpty() || (other != null && other.isBefore(due)) ? other : due;
    }
}
