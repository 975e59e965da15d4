package io.vlink.bench;

import io.vlink.bench.Options.Part;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Runs the benchmark. {@code ./vlink bench} starts the suite for it. */
public final class Bench {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] args) {
        Suite suite = Suite.of(System.getenv());
        Options options;
        try {
            options = Options.of(args, suite.run());
        } catch (IllegalArgumentException e) {
            System.err.printf("vlink bench: %s%n", e.getMessage());
            System.exit(USAGE);
            return;
        }
        try {
            run(suite, options);
        } catch (IOException | ExecutionException | RuntimeException e) {
            System.err.printf("vlink bench: %s%n", e.getMessage());
            System.exit(FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(FAILED);
        }
    }

    private static void run(Suite suite, Options options) throws IOException, ExecutionException, InterruptedException {
        Report report = new Report();
        Single single = new Single(suite, report);
        WayIn way = WayIn.of(options.via(), suite);
        Bulk bulk = new Bulk(suite, way, report);
        Set<Part> parts = options.only();
        Leftovers.remove(suite, way);
        if (parts.contains(Part.FLOOR)) {
            new Floor(suite, options, report).measure();
        }
        BenchEndpoints endpoints = new BenchEndpoints(suite, way, Sample.GUIDE);
        try {
            if (!parts.equals(EnumSet.of(Part.TOPOLOGY))) {
                // A userspace switch checks all of its ports when its flows change, so single vlinks are measured with
                // few ports.
                endpoints.make(Single.MOST_IN_FLIGHT);
            }
            if (parts.contains(Part.SINGLE)) {
                single.measure(options);
            }
            if (parts.contains(Part.STAGES)) {
                new StageTimes(suite, report).measure(options);
            }
            EnumSet<Part> many = EnumSet.of(Part.BULK, Part.RESOURCES);
            many.retainAll(parts);
            if (!many.isEmpty()) {
                endpoints.make(options.vlinks() + Single.MOST_IN_FLIGHT);
            }
            if (parts.contains(Part.BULK)) {
                bulk.measure(options);
            }
            if (parts.contains(Part.RESOURCES)) {
                new BenchEndpoints(suite, way, Sample.ASIDE).make(1);
                new Resources(suite, single, bulk, report).measure(options);
            }
            if (parts.contains(Part.TOPOLOGY)) {
                new LargeTopology(suite, report).measure(options);
            }
        } finally {
            Leftovers.remove(suite, way);
        }
        report.write(options.out(), options);
    }
}
