package io.vlink.bench;

import io.vlink.events.Topic;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Many vlinks in one call, from that call to the last Ready; and their removal, until every switch confirmed the last. Their ends are attached before. */
final class Bulk {

    /** A JVM compiles what is done often: half of the first rounds' processor time goes into that. */
    private static final int WARM_UPS = 4;

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
        report.part(
                "bulk",
                "(b) %,d vlinks at once, over %s, after %d rounds that are not counted"
                        .formatted(count, options.via(), WARM_UPS));
        Processes processes = new Processes(suite);
        for (int round = 0; round < WARM_UPS; round++) {
            make(0, count);
            remove(count);
        }
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            double before = processes.processorTime().getOrDefault(Processes.ALL, 0.0);
            double made = make(0, count);
            double between = processes.processorTime().getOrDefault(Processes.ALL, 0.0);
            double removed = remove(count);
            double after = processes.processorTime().getOrDefault(Processes.ALL, 0.0);
            report.add("made", count / made);
            report.add("removed", count / removed);
            report.add("until the last is Ready", made);
            report.add("until the last is gone", removed);
            report.add("processor time of one made", (between - before) / count);
            report.add("processor time of one removed", (after - between) / count);
        }
        report.close("until the last is Ready", "s");
        report.close("until the last is gone", "s");
        report.close("made", "/s", Floor.FLOW_MODS);
        report.close("removed", "/s", Floor.FLOW_MODS);
        report.close("processor time of one made", "ms");
        report.close("processor time of one removed", "ms");
    }

    /** Declares the vlinks from {@code first} up to {@code end}; answers the seconds until the last was Ready. */
    double make(int first, int end) throws IOException {
        return timed(Sample.declareNetworks(end).subList(first, end), "Ready");
    }

    /** Removes the first {@code count} vlinks; answers the seconds until the last was gone. Returns when their labels have rested too. */
    double remove(int count) throws IOException {
        double seconds = timed(Sample.withdrawNetworks(count), "Removed");
        Watch.awaitEmpty(suite.bootstrapServers(), Topic.RESTING, "");
        Watch.awaitEmpty(suite.bootstrapServers(), Topic.NETWORKS, Sample.PREFIX);
        return seconds;
    }

    private double timed(List<Sample.Request> requests, String phase) throws IOException {
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

    private void send(List<Sample.Request> requests) {
        try {
            way.send(requests);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
