package io.vlink.bench;

import io.vlink.events.Topic;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Measures many vlinks in one call, from the call to the last Ready, and their removal until every switch has
 * confirmed. Their ends are attached beforehand.
 */
final class Bulk {

    /**
     * Warm-up rounds: a JVM compiles frequent code, which takes half of the processor time of the first rounds. Few
     * vlinks would never get there.
     */
    private static final int WARM_UPS = 12;

    private static final int MANY = 1_000;

    private static final String MADE_BEFORE = "made in rounds before";
    private static final String REMOVED_BEFORE = "removed in rounds before";

    private static final String MADE = "processor time of one made, ";
    private static final String REMOVED = "processor time of one removed, ";

    private final Suite suite;
    private final WayIn way;
    private final Report report;

    Bulk(Suite suite, WayIn way, Report report) {
        this.suite = suite;
        this.way = way;
        this.report = report;
    }

    void measure(Options options) throws IOException {
        int count = options.vlinks();
        int warmUps = count < MANY ? 1 : WARM_UPS;
        report.part(
                "bulk",
                "(b) %,d vlinks at once, over %s, after %d warm-up rounds".formatted(count, options.via(), warmUps));
        Processes processes = new Processes(suite);
        for (int round = 0; round < warmUps; round++) {
            report.add(MADE_BEFORE, count / make(0, count));
            report.add(REMOVED_BEFORE, count / remove(count));
        }
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            Map<String, Double> before = processes.processorTimeWithOurs();
            double made = make(0, count);
            Map<String, Double> between = processes.processorTimeWithOurs();
            double removed = remove(count);
            Map<String, Double> after = processes.processorTimeWithOurs();
            report.add("made", count / made);
            report.add("removed", count / removed);
            report.add("until the last is Ready", made);
            report.add("until the last is gone", removed);
            before.forEach((process, then) -> {
                double turn = between.getOrDefault(process, 0.0);
                report.add(MADE + process, (turn - then) / count);
                report.add(REMOVED + process, (after.getOrDefault(process, 0.0) - turn) / count);
            });
        }
        report.close("until the last is Ready", "s");
        report.close("until the last is gone", "s");
        report.close("made", "/s", Floor.FLOW_MODS);
        report.close("removed", "/s", Floor.FLOW_MODS);
        report.close(MADE_BEFORE, "/s", Floor.FLOW_MODS);
        report.close(REMOVED_BEFORE, "/s", Floor.FLOW_MODS);
        for (String what : List.of(MADE, REMOVED)) {
            for (String process : processes.processorTimeWithOurs().keySet()) {
                report.close(what + process, "ms");
            }
        }
    }

    /**
     * Declares the vlinks from {@code first} to {@code end} (exclusive); returns the seconds until the last is Ready.
     */
    double make(int first, int end) throws IOException {
        return timed(Sample.GUIDE.declareNetworks(end).subList(first, end), "Ready");
    }

    /**
     * Removes the first {@code count} vlinks; returns the seconds until the last is gone. Waits until their labels
     * leave quarantine.
     */
    double remove(int count) throws IOException {
        double seconds = timed(Sample.GUIDE.withdrawNetworks(count), "Removed");
        Watch.awaitEmpty(suite.bootstrapServers(), Topic.RESTING, "");
        Watch.awaitEmpty(suite.bootstrapServers(), Topic.NETWORKS, Sample.PREFIX);
        return seconds;
    }

    private double timed(List<Sample.SampleRequest> requests, String phase) throws IOException {
        Set<String> open = new HashSet<>();
        requests.forEach(it -> open.add(it.key()));
        try (Watch statuses = Watch.fromNow(suite.bootstrapServers(), Topic.STATUSES)) {
            long begin = System.nanoTime();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(requests));
            statuses.until("%d vlinks are %s".formatted(requests.size(), phase), sent, seen -> {
                if (Watch.member(seen.value(), "phase").equals(phase)) {
                    open.remove(seen.key());
                }
                return open.isEmpty();
            });
            double seconds = (System.nanoTime() - begin) / 1e9;
            sent.join();
            return seconds;
        }
    }

    private void send(List<Sample.SampleRequest> requests) {
        try {
            way.send(requests);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
