package io.vlink.bench;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure with several samples.
 *
 * @param floor name of the figure of the floor to compare with, in the same unit; or none
 */
record Figure(
        String part,
        String name,
        String unit,
        List<Double> repeats,
        @Nullable String floor) {

    Figure {
        repeats = List.copyOf(repeats);
    }

    double min() {
        return sorted()[0];
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double max() {
        return sorted()[repeats.size() - 1];
    }

    private double[] sorted() {
        return repeats.stream().mapToDouble(it -> it).sorted().toArray();
    }

    /** Returns the value that {@code percent} percent of the samples do not exceed. */
    static double percentile(long[] samples, int percent) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
