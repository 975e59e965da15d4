package io.vlink.path.path;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Numbers from 1 to a largest one, each held by one holder at a time. What comes back rests first; the longest rested is
 * given out first, then what was never used, lowest first.
 */
final class NumberPool {

    private final long max;
    private final Set<Long> taken = new HashSet<>();
    /** In the order in which their rests end. */
    private final Map<Long, Instant> resting = new LinkedHashMap<>();
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
                taken.add(number);
                return OptionalLong.of(number);
            }
        }
        for (long number = skipUsed(); number <= max; number++) {
            if (!isUsed(number) && usable.test(number)) {
                taken.add(number);
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }

    /** Takes a number that was given out before this pool was made; false: somebody has it already. */
    boolean claim(long number) {
        rested.remove(number);
        resting.remove(number);
        return taken.add(number);
    }

    /** Gives a number back as if it had never been taken. */
    void giveBack(long number) {
        if (taken.remove(number) && number < unused) {
            rested.addFirst(number);
        }
    }

    void rest(long number, Instant until) {
        taken.remove(number);
        resting.put(number, until);
    }

    /** Ends the rest of a number; it may be given out again. */
    void release(long number) {
        taken.remove(number);
        resting.remove(number);
        rested.add(number);
    }

    boolean isHeld(long number) {
        return taken.contains(number) || resting.containsKey(number);
    }

    /** How many can be taken now. */
    long available() {
        return max - taken.size() - resting.size();
    }

    /** Nothing is taken or resting. */
    boolean isIdle() {
        return taken.isEmpty() && resting.isEmpty();
    }

    /** When the first of those that rest may be given out again. */
    Optional<Instant> firstRested() {
        return resting.values().stream().min(Instant::compareTo);
    }

    /** What is left, for people. */
    @Override
    public String toString() {
        String counts = "%d of %d are taken, %d rest".formatted(taken.size(), max, resting.size());
        return firstRested().map(until -> counts + " until " + until).orElse(counts);
    }

    private long skipUsed() {
        while (isUsed(unused)) {
            unused++;
        }
        return unused;
    }

    private boolean isUsed(long number) {
        return isHeld(number) || rested.contains(number);
    }
}
