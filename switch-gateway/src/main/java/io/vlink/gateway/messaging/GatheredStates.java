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
 * What switches say of their rules, until it is told together: a network is ready when the last of its switches confirmed, and what
 * the others say is worth no record of its own.
 */
final class GatheredStates {

    /** How long what some switches confirmed may wait for what others are about to confirm. */
    private static final Duration TOGETHER = Duration.ofMillis(2);

    private final List<RuleState> states = new ArrayList<>();
    private Instant due = Instant.MAX;

    void add(Collection<RuleState> said) {
        states.addAll(said);
    }

    /**
     * All that is to be told now; it is kept no longer.
     *
     * @param atOnce whether something else is to be told that must not come before it
     * @param writing whether any switch is about to say more; asked only where it matters
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

    /** When they are due, or the other time, whichever is first; null: neither is. */
    @Nullable Instant earlier(@Nullable Instant other) {
        return states.isEmpty() || (other != null && other.isBefore(due)) ? other : due;
    }
}
