package io.vlink.bench;

import io.vlink.bench.Sample.SampleRequest;
import io.vlink.events.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures the declaration of a large topology in one bulk call, from the call to the last result, and single calls in
 * another overlay meanwhile. No switch of it exists, and no vlink crosses it.
 */
final class LargeTopology {

    /** The overlay with the nodes and links. */
    static final String OVERLAY = "bench-large";

    /** The overlay of the calls meanwhile. */
    static final String BESIDE = "bench-beside";

    private static final int LINKS_PER_NODE = 10;
    /** The part of the topology that is declared first, to compare the cost of a line. */
    private static final int FEW = 10;

    private static final int CALLS = 200;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final long FIRST_DATAPATH = 0xbe_0000_0000L;
    private static final int MOST_AT_ONCE = 20_000;

    private static final String LINES = "lines of the bulk";
    private static final String RATIO = "time of a line, among all / a tenth";
    private static final String REMOVED = "lines that remove it";
    private static final String IDLE = "PUT in another overlay p99, before";
    private static final String MEANWHILE = "PUT in another overlay p99, meanwhile";
    private static final String SLOWEST = "PUT in another overlay, slowest meanwhile";
    private static final String COUNT = "calls in another overlay meanwhile";

    private final Suite suite;
    private final Report report;
    private final RestWayIn way;

    LargeTopology(Suite suite, Report report) {
        this.suite = suite;
        this.report = report;
        this.way = new RestWayIn(suite);
    }

    void measure(Options options) throws IOException {
        int nodes = options.nodes();
        report.part(
                "topology",
                "(f) %,d nodes and %,d links in one bulk call, after a warm-up round"
                        .formatted(nodes, nodes * LINKS_PER_NODE));
        double unused = declare(topology(nodes));
        remove(nodes);
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            int few = Math.max(1, nodes / FEW);
            double fewLines = declare(topology(few));
            remove(few);
            report.add(IDLE, Figure.percentile(callsUntil(new CompletableFuture<>(), CALLS), 99) / 1e6);
            List<SampleRequest> lines = topology(nodes);
            CompletableFuture<Double> bulk = CompletableFuture.supplyAsync(() -> declare(lines));
            long[] meanwhile = callsUntil(bulk, Integer.MAX_VALUE);
            double manyLines = bulk.join();
            report.add(LINES, manyLines);
            report.add(RATIO, fewLines / manyLines);
            report.add(MEANWHILE, Figure.percentile(meanwhile, 99) / 1e6);
            report.add(SLOWEST, Figure.percentile(meanwhile, 100) / 1e6);
            report.add(COUNT, meanwhile.length);
            report.add(REMOVED, remove(nodes));
            removeNetworks();
        }
        report.close(LINES, "/s");
        report.close(RATIO, "times");
        report.close(REMOVED, "/s");
        report.close(IDLE, "ms", Floor.GET);
        report.close(MEANWHILE, "ms", Floor.GET);
        report.close(SLOWEST, "ms", Floor.GET);
        report.close(COUNT, "calls");
    }

    /** Returns the lines per second. */
    private double declare(List<SampleRequest> lines) {
        long begin = System.nanoTime();
        try {
            way.send(lines);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
        return lines.size() * 1e9 / (System.nanoTime() - begin);
    }

    /** Removes the links, then the nodes; returns the lines per second. */
    private double remove(int nodes) throws IOException {
        List<String> links = IntStream.range(0, nodes * LINKS_PER_NODE)
                .mapToObj(i -> key("l-", i))
                .toList();
        List<String> all = IntStream.range(0, nodes).mapToObj(i -> key("n-", i)).toList();
        long begin = System.nanoTime();
        for (int from = 0; from < links.size(); from += MOST_AT_ONCE) {
            way.send(Sample.withdraw("WithdrawLink", links.subList(from, Math.min(links.size(), from + MOST_AT_ONCE))));
        }
        way.send(Sample.withdraw("WithdrawNode", all));
        return (links.size() + all.size()) * 1e9 / (System.nanoTime() - begin);
    }

    private void removeNetworks() throws IOException {
        List<String> keys = List.copyOf(Watch.latest(suite.bootstrapServers(), Topic.NETWORKS, BESIDE + "/")
                .keySet());
        way.send(Sample.withdraw("WithdrawNetwork", keys));
        Watch.awaitEmpty(suite.bootstrapServers(), Topic.NETWORKS, BESIDE + "/");
    }

    /** Makes calls until {@code end}, or this many; returns the duration of each in nanoseconds, at least one. */
    private long[] callsUntil(CompletableFuture<?> end, int most) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(suite.apiPort())) {
            do {
                String path = "/v1/overlays/%s/namespaces/default/networks/n-%d".formatted(BESIDE, nanos.size());
                String body = "{\"path\":{\"fromEndpoint\":\"a\",\"toEndpoint\":\"b\"}}";
                long begin = System.nanoTime();
                HttpConnection.HttpReply unused = connection
                        .put(path, "Content-Type: application/json\r\n", body)
                        .mustBe("generation");
                nanos.add(System.nanoTime() - begin);
                LockSupport.parkNanos(PAUSE.toNanos());
            } while (!end.isDone() && nanos.size() < most);
        }
        return nanos.stream().mapToLong(it -> it).toArray();
    }

    private static List<SampleRequest> topology(int nodes) {
        return Stream.concat(
                        IntStream.range(0, nodes).mapToObj(LargeTopology::node),
                        IntStream.range(0, nodes * LINKS_PER_NODE).mapToObj(i -> link(i, nodes)))
                .toList();
    }

    private static SampleRequest node(int number) {
        return new SampleRequest(
                key("n-", number),
                "{\"type\":\"DeclareNode\",\"id\":\"%s\",\"spec\":{\"datapathId\":\"%016x\"}}"
                        .formatted(key("n-", number), FIRST_DATAPATH + number));
    }

    /** Returns a link from one of the nodes to another, between ports of its own. */
    private static SampleRequest link(int number, int nodes) {
        return new SampleRequest(
                key("l-", number),
                "{\"type\":\"DeclareLink\",\"id\":\"%s\",\"spec\":{\"from\":{\"node\":\"n-%d\",\"port\":\"o-%d\"},\"to\":{\"node\":\"n-%d\",\"port\":\"i-%d\"},\"capacityBits\":\"10G\",\"latencyNanos\":\"0.1ms\"}}"
                        .formatted(key("l-", number), number % nodes, number, (number * 7L + 1) % nodes, number));
    }

    private static String key(String prefix, int number) {
        return OVERLAY + "/" + prefix + number;
    }
}
