package io.vlink.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures memory, idle processor time, and one vlink's latency with none, some and all vlinks live. */
final class Resources {

    private static final long IDLE_SECONDS = 3;
    private static final String INGRESS = "a";

    private static final String READY_P50 = "Ready p50";
    private static final String READY_P99 = "Ready p99";

    /** Suffix of figures over the same links between switches with few ports. */
    private static final String ASIDE = " by b-d-c";

    /** Figure of a single rule: the switch checks all of its ports after each change. */
    private static final String ONE_RULE = "processor time of one rule in one switch";

    private static final int RULES = 100;

    private final Suite suite;
    private final Single single;
    private final Bulk bulk;
    private final Report report;

    Resources(Suite suite, Single single, Bulk bulk, Report report) {
        this.suite = suite;
        this.single = single;
        this.bulk = bulk;
        this.report = report;
    }

    void measure(Options options) throws IOException, InterruptedException {
        report.part("resources", "(d) Memory, idle processor time, and one vlink's latency");
        Processes processes = new Processes(suite);
        List<Integer> levels = List.of(0, Math.max(1, options.vlinks() / 4), options.vlinks());
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            int live = 0;
            for (int level : levels) {
                if (level > live) {
                    bulk.make(live, level);
                    live = level;
                }
                Single.Times times = single.pacedRounds(Sample.GUIDE, options.vlinks(), options.rounds());
                report.add(READY_P50 + with(level), times.readyP50());
                report.add(READY_P99 + with(level), times.readyP99());
                times = single.pacedRounds(Sample.ASIDE, 0, options.rounds());
                report.add(READY_P50 + ASIDE + with(level), times.readyP50());
                report.add(READY_P99 + ASIDE + with(level), times.readyP99());
                report.add(ONE_RULE + with(level), oneRule(processes));
                idle(processes, level);
                processes.memory().forEach((process, mib) -> report.add("memory of " + process + with(level), mib));
            }
            bulk.remove(live);
        }
        for (int level : levels) {
            report.close(READY_P50 + with(level), "ms", Floor.HOP);
            report.close(READY_P99 + with(level), "ms");
            report.close(READY_P50 + ASIDE + with(level), "ms", Floor.HOP);
            report.close(READY_P99 + ASIDE + with(level), "ms");
            report.close(ONE_RULE + with(level), "ms");
            for (String process : processes.memory().keySet()) {
                report.close("memory of " + process + with(level), "MiB");
            }
            for (String process : processes.memory().keySet()) {
                report.close("idle processor of " + process + with(level), "%");
            }
        }
    }

    /** Returns the processor time that a switch with half of the ports needs to add one rule. */
    private double oneRule(Processes processes) throws IOException, InterruptedException {
        try (ScratchBridge bridge = new ScratchBridge(suite, INGRESS)) {
            double before = processes.processorTime().getOrDefault(Processes.SWITCHES, 0.0);
            bridge.addOneByOne(RULES);
            return (processes.processorTime().getOrDefault(Processes.SWITCHES, 0.0) - before) / RULES;
        }
    }

    private void idle(Processes processes, int level) throws IOException, InterruptedException {
        Map<String, Double> before = processes.processorTime();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        Map<String, Double> after = processes.processorTime();
        after.forEach((process, milliseconds) -> report.add(
                "idle processor of " + process + with(level),
                (milliseconds - before.getOrDefault(process, 0.0)) / (10.0 * IDLE_SECONDS)));
    }

    private static String with(int live) {
        return ", %,d live".formatted(live);
    }
}
