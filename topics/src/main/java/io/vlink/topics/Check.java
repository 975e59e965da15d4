package io.vlink.topics;

import io.vlink.events.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the topics on a Kafka with the required ones. The retention of logs and the replication are the operator's
 * choice.
 */
final class Check {

    /** The result for one topic. */
    sealed interface Finding {

        record Right() implements Finding {}

        record Missing() implements Finding {}

        /** The topic exists, but is not usable; for each difference a sentence that says how to correct it. */
        record Wrong(List<String> differences) implements Finding {
            public Wrong {
                differences = List.copyOf(differences);
            }
        }
    }

    private Check() {}

    /**
     * Returns the partition count that all topics must have: the requested one, otherwise that of most existing topics.
     */
    static int partitions(Optional<Integer> asked, Map<Topic, FoundTopic> found) {
        return asked.orElseGet(() -> found.values().stream()
                .map(FoundTopic::partitions)
                .max(Comparator.comparingLong(count -> found.values().stream()
                        .filter(topic -> topic.partitions() == count)
                        .count()))
                .orElse(Arguments.DEFAULT_PARTITIONS));
    }

    static Map<Topic, Finding> of(Map<Topic, FoundTopic> found, int partitions) {
        Map<Topic, Finding> findings = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            FoundTopic there = found.get(topic);
            if (there == null) {
                findings.put(topic, new Finding.Missing());
            } else {
                List<String> differences = differences(topic, there, partitions);
                findings.put(topic, differences.isEmpty() ? new Finding.Right() : new Finding.Wrong(differences));
            }
        }
        return findings;
    }

    private static List<String> differences(Topic topic, FoundTopic there, int partitions) {
        List<String> differences = new ArrayList<>();
        // No service reads it, and each further partition keeps out builds that cannot read the written records.
        boolean enough = topic == Topic.DEAD_LETTERS && there.partitions() > partitions;
        if (there.partitions() != partitions && !enough) {
            differences.add(
                    "%s has %d partitions and must have %d, like all topics: the count cannot be changed while there are records; delete the topic, or change vlink.log.partitions in all services"
                            .formatted(topic, there.partitions(), partitions));
        }
        topic.settings().forEach((name, wanted) -> {
            String is = there.setting(name);
            boolean fine =
                    switch (name) {
                        case "retention.ms", "segment.ms" -> true;
                        case "max.message.bytes" ->
                            topic == Topic.REQUESTS ? is.equals(wanted) : number(is) >= number(wanted);
                        default -> is.equals(wanted);
                    };
            if (!fine) {
                differences.add(
                        "%s: %s is %s and must be %s; run kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s"
                                .formatted(topic, name, is, wanted, topic, name, wanted));
            }
        });
        return differences;
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
}
