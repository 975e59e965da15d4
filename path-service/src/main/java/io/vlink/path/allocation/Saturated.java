package io.vlink.path.allocation;

import java.util.function.ToLongFunction;

/** Adds numbers that users choose: a sum above the largest long stays at the largest long. */
public final class Saturated {

    private Saturated() {}

    /** Adds two numbers that are not negative. */
    public static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Adds one number of each element, none of them negative. */
    public static <T> long sum(Iterable<T> all, ToLongFunction<T> number) {
        long sum = 0;
        for (T each : all) {
            sum = sum(sum, number.applyAsLong(each));
        }
        return sum;
    }
}
