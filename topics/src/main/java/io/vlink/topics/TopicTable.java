package io.vlink.topics;

import io.vlink.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the topics in columns. */
final class TopicTable {

    private static final List<String> HEADINGS =
            List.of("TOPIC", "KEY", "PARTITIONS", "REPLICAS", "CLEANUP", "KEPT", "MAX BYTES", "OTHER");

    private TopicTable() {}

    /** Returns the required topics. */
    static String wanted(int partitions, String replicas) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Topic topic : Topic.values()) {
            rows.add(row(topic, Integer.toString(partitions), replicas, topic.settings()));
        }
        return print(rows);
    }

    /** Returns the topics on a Kafka, each with its state. */
    static String found(Map<Topic, FoundTopic> found, Map<Topic, Check.Finding> findings) {
        List<List<String>> rows = new ArrayList<>();
        List<String> headings = new ArrayList<>(HEADINGS);
        headings.add(1, "STATE");
        rows.add(headings);
        findings.forEach((topic, finding) -> {
            FoundTopic there = found.get(topic);
            List<String> row = new ArrayList<>(
                    there == null
                            ? List.of(topic.topicName(), topic.key(), "-", "-", "-", "-", "-", "-")
                            : row(
                                    topic,
                                    Integer.toString(there.partitions()),
                                    Integer.toString(there.replicas()),
                                    there.settings()));
            row.add(
                    1,
                    switch (finding) {
                        case Check.Finding.Right right -> "ok";
                        case Check.Finding.Missing missing -> "missing";
                        case Check.Finding.Wrong wrong -> "differs";
                    });
            rows.add(row);
        });
        return print(rows);
    }

    private static List<String> row(Topic topic, String partitions, String replicas, Map<String, String> settings) {
        String policy = settings.getOrDefault("cleanup.policy", "-");
        String compression = settings.get("compression.type");
        String segment = topic.settings().containsKey("segment.ms") ? settings.get("segment.ms") : null;
        String compressed =
                compression == null || compression.equals("producer") ? "" : "compression.type=" + compression;
        return List.of(
                topic.topicName(),
                topic.key(),
                partitions,
                replicas,
                policy,
                policy.contains("delete") ? period(settings.get("retention.ms")) : "last of each key",
                settings.getOrDefault("max.message.bytes", "-"),
                segment == null ? compressed : "segment.ms=" + segment);
    }

    private static String period(@Nullable String millis) {
        if (millis == null || !millis.matches("[0-9]{1,18}")) {
            return "forever";
        }
        Duration period = Duration.ofMillis(Long.parseLong(millis));
        return period.toHours() % 24 == 0
                ? "%d days".formatted(period.toDays())
                : "%d hours".formatted(period.toHours());
    }

    private static String print(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
