package io.vlink.path.path;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * Numbers from 1 to a largest one, each held by one holder at a time. What comes back rests first; the longest rested is
 * given out first, then what was never used, lowest first.
 */
final class NumberPool {

    private static final Instant TAKEN = Instant.MAX;

    private final long max;
    /** Until when those rest that are not free; {@link #TAKEN} for those that somebody has. */
    private final Map<Long, Instant> held = new HashMap<>();
    /** Longest rested first. */
    private final LinkedHashSet<Long> rested = new LinkedHashSet<>();
    /** Every number below it is taken, resting or rested. */
    private long unused = 1;

    NumberPool(long max) {
        this.max = max;
    }

    /** Takes the next free number that is also {@code usable}; empty: there is none now. */
    OptionalLong take(LongPredicate usable) {
        for (Long number : rested) {
            if (usable.test(number)) {
                rested.remove(number);
                held.put(number, TAKEN);
                return OptionalLong.of(number);
            }
        }
        for (long number = unused; number <= max; number++) {
            if (isUsed(number)) {
                if (number == unused) {
                    unused++;
                }
            } else if (usable.test(number)) {
                held.put(number, TAKEN);
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }

    /** Takes a number that was given out before this pool was made; false: somebody has it already. */
    boolean claim(long number) {
        rested.remove(number);
        return !TAKEN.equals(held.put(number, TAKEN));
    }

    /** Gives a number back as if it had never been taken. */
    void giveBack(long number) {
        if (held.remove(number, TAKEN) && number < unused) {
            rested.addFirst(number);
        }
    }

    void rest(long number, Instant until) {
        held.put(number, until);
    }

    /** Ends the rest of a number; it may be given out again. */
    void release(long number) {
        held.remove(number);
        rested.add(number);
    }

    boolean isHeld(long number) {
        return held.containsKey(number);
    }

    /** How many can be taken now. */
    long available() {
        return max - held.size();
    }

    /** Nothing is taken or resting. */
    boolean isIdle() {
        return held.isEmpty();
    }

    /** When the first of those that rest may be given out again. */
    Optional<Instant> firstRested() {
        return held.values().stream().filter(until -> !TAKEN.equals(until)).min(Instant::compareTo);
    }

    /** What is left, for people. */
    @Override
    public String toString() {
        int taken = Collections.frequency(held.values(), TAKEN);
        String counts = "%d of %d are taken, %d rest".formatted(taken, max, held.size() - taken);
        return firstRested().map(until -> counts + " until " + until).orElse(counts);
    }

    private boolean isUsed(long number) {
        return isHeld(number) || rested.contains(number);
    }
}
