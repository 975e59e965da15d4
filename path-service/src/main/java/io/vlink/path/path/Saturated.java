package io.vlink.path.path;

/** Sums of numbers that users choose: where they pass the largest long, they stay there. */
final class Saturated {

    private Saturated() {}

    /** Adds two numbers that are not negative. */
    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
