package io.vlink.path.allocation;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from 1 to a maximum, each held by one owner at a time; an owner may hold a number more than once. Released
 * numbers are in quarantine first. Those released longest ago are allocated first, then those never used, lowest first.
 */
final class NumberPool {

    private static final Instant TAKEN = Instant.MAX;

    private final long max;
    private final Map<Long, Held> held = new HashMap<>();
    /** Released numbers after their quarantine, longest ago first. */
    private final LinkedHashSet<Long> released = new LinkedHashSet<>();
    /** Every number below it is taken, in quarantine or released. */
    private long unused = 1;

    /** The owner of a number, the number of holdings, and the end of its quarantine; {@link #TAKEN}: it is not in quarantine. */
    private static final class Held {
        private @Nullable Object owner;
        private int times = 1;
        private Instant until = TAKEN;

        Held(@Nullable Object owner) {
            this.owner = owner;
        }

        boolean isOf(@Nullable Object other) {
            return owner != null && owner.equals(other);
        }
    }

    NumberPool(long max) {
        this.max = max;
    }

    /** Takes the next free number that is also {@code usable}; empty: there is none now. */
    OptionalLong take(@Nullable Object owner, LongPredicate usable) {
        for (Long number : released) {
            if (usable.test(number)) {
                released.remove(number);
                held.put(number, new Held(owner));
                return OptionalLong.of(number);
            }
        }
        for (long number = unused; number <= max; number++) {
            if (isUsed(number)) {
                if (number == unused) {
                    unused++;
                }
            } else if (usable.test(number)) {
                held.put(number, new Held(owner));
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }

    /** Takes a given number, even if it is not free; false: another owner has it already. */
    boolean claim(@Nullable Object owner, long number) {
        released.remove(number);
        Held before = held.get(number);
        if (before == null) {
            held.put(number, new Held(owner));
            return true;
        }
        before.times++;
        before.until = TAKEN;
        return before.isOf(owner);
    }

    /** Gives a number back as if it had never been taken. */
    void giveBack(long number) {
        if (letGo(number) && number < unused) {
            released.addFirst(number);
        }
    }

    /**
     * Puts a number that is held once into quarantine.
     *
     * @param owner who may take it before the quarantine is over; null: nobody
     */
    void quarantine(@Nullable Object owner, long number, Instant until) {
        Held known = held.get(number);
        if (known != null && known.times == 1) {
            known.owner = owner;
            known.until = until;
        }
    }

    /** Ends one holding of a number; after the last it may be allocated again. */
    void release(long number) {
        if (letGo(number)) {
            released.add(number);
        }
    }

    boolean isHeld(long number) {
        return held.containsKey(number);
    }

    /** Returns whether a number is neither taken nor in quarantine from this owner's point of view. */
    boolean isFreeFor(@Nullable Object owner, long number) {
        Held known = held.get(number);
        return known == null || known.isOf(owner);
    }

    /** Returns how many numbers can be taken now. */
    long available() {
        return max - held.size();
    }

    /** Returns whether no number is taken or in quarantine. */
    boolean isIdle() {
        return held.isEmpty();
    }

    /** Returns when the next number leaves quarantine. */
    Optional<Instant> firstOutOfQuarantine() {
        return held.values().stream()
                .map(known -> known.until)
                .filter(until -> !TAKEN.equals(until))
                .min(Instant::compareTo);
    }

    /** Describes the numbers left, for people. */
    @Override
    public String toString() {
        long taken = held.values().stream()
                .filter(known -> TAKEN.equals(known.until))
                .count();
        String counts = "%d of %d are taken, %d are in quarantine".formatted(taken, max, held.size() - taken);
        return firstOutOfQuarantine().map(until -> counts + " until " + until).orElse(counts);
    }

    private boolean letGo(long number) {
        Held known = held.get(number);
        if (known == null) {
            return false;
        }
        known.times--;
        if (known.times > 0) {
            return false;
        }
        held.remove(number);
        return true;
    }

    private boolean isUsed(long number) {
        return isHeld(number) || released.contains(number);
    }
}
