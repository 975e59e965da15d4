package io.vlink.path.path;

import java.util.function.ToLongFunction;

/** Sums of numbers that users choose: where they pass the largest long, they stay there. */
final class Saturated {

    private Saturated() {}

    /** Adds two numbers that are not negative. */
    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Adds a number of each of them, none negative. */
    static <T> long sum(Iterable<T> all, ToLongFunction<T> number) {
        long sum = 0;
        for (T each : all) {
            sum = sum(sum, number.applyAsLong(each));
        }
        return sum;
    }
}
