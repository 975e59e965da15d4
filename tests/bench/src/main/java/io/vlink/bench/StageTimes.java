package io.vlink.bench;

import io.vlink.events.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Measures the stages from POST to Ready by the producers' timestamps of the records of each vlink (whole milliseconds,
 * so only means of many are meaningful), and by the messages on the control channel of the ingress switch. One vlink at
 * a time.
 */
final class StageTimes {

    private static final int SWITCHES = 5;
    private static final String INGRESS = "a";

    private final Suite suite;
    private final Report report;

    private record Round(double posted, double answered) {}

    /** One record of one vlink; {@code at} in ms since 1970. */
    private record StageRecord(Topic topic, long at, String phase) {}

    StageTimes(Suite suite, Report report) {
        this.suite = suite;
        this.report = report;
    }

    void measure(Options options) throws IOException, InterruptedException {
        report.part(
                "stages",
                "(c) From POST to Ready, stage by stage: means of %d vlinks, one at a time"
                        .formatted(options.rounds()));
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            once(options.rounds());
        }
        for (Stage stage : Stage.values()) {
            report.close(stage.words, "ms");
        }
    }

    /** The stages. Each lasts until the next; the first starts at the POST. */
    private enum Stage {
        RECORDED("recorded (vlink.networks)"),
        DECIDED("decided (vlink.paths)"),
        COMPILED("compiled (vlink.rules, the last switch)"),
        SENT("sent (commit at the ingress switch)"),
        APPLIED("applied (vlink.rule-states, the last switch)"),
        READY("Ready (vlink.statuses)"),
        ANSWERED("answered");

        private final String words;

        Stage(String words) {
            this.words = words;
        }
    }

    private void once(int rounds) throws IOException, InterruptedException {
        List<Round> all = new ArrayList<>();
        List<StageRecord> seen = new ArrayList<>();
        List<Long> commits;
        try (Snoop snoop = new Snoop(suite, INGRESS);
                Watch watch = Watch.fromNow(
                        suite.bootstrapServers(),
                        Topic.NETWORKS,
                        Topic.PATHS,
                        Topic.RULES,
                        Topic.RULE_STATES,
                        Topic.STATUSES)) {
            CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> call(rounds, all));
            int[] ready = {0};
            watch.until("%d vlinks are Ready".formatted(rounds), calls, one -> {
                StageRecord record = seen(one);
                if (record != null) {
                    seen.add(record);
                    ready[0] += record.phase().equals("Ready") ? 1 : 0;
                }
                return ready[0] == rounds;
            });
            calls.join();
            commits = snoop.commits();
        }
        Map<Stage, List<Double>> times = new EnumMap<>(Stage.class);
        for (Round round : all) {
            add(round, seen, commits, times);
        }
        for (Stage stage : Stage.values()) {
            List<Double> of = times.getOrDefault(stage, List.of());
            report.add(
                    stage.words,
                    of.stream()
                            .mapToDouble(it -> it)
                            .average()
                            .orElseThrow(
                                    () -> new IOException("No vlink reached the stage %s.".formatted(stage.words))));
        }
    }

    private static @Nullable StageRecord seen(ConsumerRecord<String, byte[]> one) throws IOException {
        byte @Nullable [] value = one.value();
        if (value == null || !one.key().contains(Sample.GUIDE.name(0))) {
            return null;
        }
        for (Topic topic : Topic.values()) {
            if (topic.topicName().equals(one.topic())) {
                return new StageRecord(
                        topic, one.timestamp(), topic == Topic.STATUSES ? Watch.member(value, "phase") : "");
            }
        }
        return null;
    }

    private void call(int rounds, List<Round> all) {
        try (HttpConnection connection = new HttpConnection(suite.apiPort())) {
            for (int i = 0; i < rounds; i++) {
                double posted = now();
                connection.makeAndWait(Sample.GUIDE, 0);
                all.add(new Round(posted, now()));
                connection.removeAndWait(Sample.GUIDE, 0);
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
    }

    /** Adds the times of one round. Timestamps are truncated to whole ms, so 0.5 ms is added to each. */
    private static void add(Round round, List<StageRecord> seen, List<Long> commits, Map<Stage, List<Double>> times) {
        LongPredicate within = at -> at >= Math.floor(round.posted()) && at <= round.answered();
        double[] at = {
            first(seen, Topic.NETWORKS, "", within),
            first(seen, Topic.PATHS, "", within),
            last(seen, Topic.RULES, within),
            commits.stream().mapToLong(it -> it).filter(within).min().orElse(0),
            last(seen, Topic.RULE_STATES, within),
            first(seen, Topic.STATUSES, "Ready", within)
        };
        double before = round.posted();
        if (Arrays.stream(at).anyMatch(it -> it == 0)) {
            return; // this round is not complete, so it does not count
        }
        for (int i = 0; i < at.length; i++) {
            double moment = at[i] + 0.5;
            times.computeIfAbsent(Stage.values()[i], it -> new ArrayList<>()).add(moment - before);
            before = moment;
        }
        times.computeIfAbsent(Stage.ANSWERED, it -> new ArrayList<>()).add(round.answered() - before);
    }

    private static double first(List<StageRecord> seen, Topic topic, String phase, LongPredicate within) {
        return seen.stream()
                .filter(it -> it.topic() == topic && it.phase().equals(phase) && within.test(it.at()))
                .mapToLong(StageRecord::at)
                .min()
                .orElse(0);
    }

    /** Returns the last time among the first records of all switches. */
    private static double last(List<StageRecord> seen, Topic topic, LongPredicate within) {
        return seen.stream()
                .filter(it -> it.topic() == topic && within.test(it.at()))
                .mapToLong(StageRecord::at)
                .sorted()
                .limit(SWITCHES)
                .max()
                .orElse(0);
    }
}
