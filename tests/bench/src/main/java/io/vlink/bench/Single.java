package io.vlink.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures POST until Ready and DELETE until gone of single vlinks with two attached workloads. */
final class Single {

    /** Maximum number of vlinks in flight. */
    static final int MOST_IN_FLIGHT = 16;

    /** Ratio of warm-up rounds to counted rounds: a JVM compiles frequent code. */
    private static final int WARM_UP = 30;

    private static final String READY_P50_FIRST = "Ready p50, 1 in flight, before those";
    private static final String READY_P99_FIRST = "Ready p99, 1 in flight, before those";

    /** Free labels for this part: a link has 4,094, and 4,000 may be taken. */
    private static final int ROOM = 80;

    private static final long LABELS_REST = TimeUnit.SECONDS.toNanos(2);

    private final Suite suite;
    private final Report report;

    Single(Suite suite, Report report) {
        this.suite = suite;
        this.report = report;
    }

    /** Percentiles of single calls in ms, and vlinks created and removed per second. */
    record Times(double readyP50, double readyP99, double goneP50, double goneP99, double perSecond) {}

    void measure(Options options) throws IOException {
        int warmUps = WARM_UP * options.rounds();
        report.part(
                "single",
                "(a) POST until Ready, DELETE until gone, of single vlinks; warm-up vlinks, shown separately or not counted: %,d"
                        .formatted(options.rounds() + warmUps));
        Processes processes = new Processes(suite);
        Times first = rounds(Sample.GUIDE, 0, 1, options.rounds());
        report.add(READY_P50_FIRST, first.readyP50());
        report.add(READY_P99_FIRST, first.readyP99());
        report.close(READY_P50_FIRST, "ms");
        report.close(READY_P99_FIRST, "ms");
        rounds(Sample.GUIDE, 0, MOST_IN_FLIGHT, warmUps);
        for (int inFlight : List.of(1, MOST_IN_FLIGHT)) {
            String suffix = ", %d in flight".formatted(inFlight);
            rounds(Sample.GUIDE, 0, inFlight, options.rounds());
            for (int repeat = 0; repeat < options.repeats(); repeat++) {
                double before = processes.processorTime().getOrDefault(Processes.ALL, 0.0);
                Times times = rounds(Sample.GUIDE, 0, inFlight, options.rounds());
                double after = processes.processorTime().getOrDefault(Processes.ALL, 0.0);
                report.add("Ready p50" + suffix, times.readyP50());
                report.add("Ready p99" + suffix, times.readyP99());
                report.add("gone p50" + suffix, times.goneP50());
                report.add("gone p99" + suffix, times.goneP99());
                report.add("made and removed" + suffix, times.perSecond());
                report.add("processor time of both" + suffix, (after - before) / options.rounds());
            }
            report.close("Ready p50" + suffix, "ms", Floor.HOP);
            report.close("Ready p99" + suffix, "ms");
            report.close("gone p50" + suffix, "ms", Floor.HOP);
            report.close("gone p99" + suffix, "ms");
            report.close("made and removed" + suffix, "/s");
            report.close("processor time of both" + suffix, "ms");
        }
    }

    /**
     * Creates and removes {@code count} vlinks in total, from {@code first} on, with one caller per vlink in flight.
     */
    Times rounds(Sample sample, int first, int inFlight, int count) {
        int each = Math.max(1, count / inFlight);
        long[] ready = new long[each * inFlight];
        long[] gone = new long[each * inFlight];
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(inFlight)) {
            for (int caller = 0; caller < inFlight; caller++) {
                int vlink = first + caller;
                int from = caller * each;
                callers.add(CompletableFuture.runAsync(() -> call(sample, vlink, from, each, 0, ready, gone), threads));
            }
            callers.forEach(CompletableFuture::join);
        }
        return times(ready, gone, System.nanoTime() - begin);
    }

    /**
     * Creates and removes vlinks one by one and slowly, for links with few free labels: labels of a removed vlink are
     * in quarantine for 2 s.
     */
    Times pacedRounds(Sample sample, int vlink, int count) throws InterruptedException {
        long[] ready = new long[count];
        long[] gone = new long[count];
        TimeUnit.NANOSECONDS.sleep(LABELS_REST);
        long begin = System.nanoTime();
        call(sample, vlink, 0, count, LABELS_REST / ROOM, ready, gone);
        return times(ready, gone, System.nanoTime() - begin);
    }

    private static Times times(long[] ready, long[] gone, long nanos) {
        return new Times(
                Figure.percentile(ready, 50) / 1e6,
                Figure.percentile(ready, 99) / 1e6,
                Figure.percentile(gone, 50) / 1e6,
                Figure.percentile(gone, 99) / 1e6,
                ready.length * 1e9 / nanos);
    }

    /** Calls one after the other, each at least {@code pace} ns after the start of the last. */
    private void call(Sample sample, int vlink, int from, int count, long pace, long[] ready, long[] gone) {
        try (HttpConnection connection = new HttpConnection(suite.apiPort())) {
            for (int i = from; i < from + count; i++) {
                long begin = System.nanoTime();
                connection.makeAndWait(sample, vlink);
                long made = System.nanoTime();
                connection.removeAndWait(sample, vlink);
                long removed = System.nanoTime();
                ready[i] = made - begin;
                gone[i] = removed - made;
                LockSupport.parkNanos(begin + pace - removed); // returns at once if that time has passed
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
