package io.vlink.log.halting;

import io.vlink.events.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/**
 * The parts of Kafka's contents at one moment that show whether its data is still the same.
 *
 * @param ids the topics' ids; absent for a missing topic. Kafka assigns the id when a topic is created. It survives
 *     restarts and copies of Kafka's data, and changes when that data was emptied or swapped, or the topic was
 *     recreated
 * @param spans the partitions of the topics of {@link #SUITE}, by partition number
 */
public record DataIdentity(Map<Topic, UUID> ids, Map<Topic, SortedMap<Integer, OffsetRange>> spans) {

    /**
     * The topics from which rules are derived, in the order in which the suite's id is computed. Must never change:
     * with another topic, or in another order, every existing suite would be taken for another one.
     */
    public static final List<Topic> SUITE =
            List.of(Topic.NODES, Topic.LINKS, Topic.NETWORKS, Topic.ATTACHMENTS, Topic.PATHS, Topic.RULES);

    private static final int SUITE_BYTES = 8;

    /**
     * The range of offsets of a partition. Compaction leaves the beginning at 0; a later beginning was cut off, by an
     * operator or by a retention that a state topic must not have.
     *
     * @param begin the first offset that can still be read
     * @param end the offset of the next record
     */
    record OffsetRange(long begin, long end) {}

    public DataIdentity {
        ids = Map.copyOf(ids);
        spans = Map.copyOf(spans);
    }

    /** Whether all topics of a suite exist. */
    boolean isWhole() {
        return ids.keySet().containsAll(SUITE) && spans.keySet().containsAll(SUITE);
    }

    /**
     * The suite's id, 16 hex digits: the first 8 bytes of the SHA-256 of one line for each topic of {@link #SUITE},
     * with its name and id, each followed by one line for each partition that does not begin at 0, with its number and
     * beginning.
     */
    String suite() {
        if (!isWhole()) {
            throw new IllegalStateException("Not all topics of the suite exist, only %s.".formatted(ids.keySet()));
        }
        StringBuilder text = new StringBuilder();
        for (Topic topic : SUITE) {
            text.append(topic.topicName()).append(' ').append(ids.get(topic)).append('\n');
            spansOf(topic).forEach((partition, span) -> {
                if (span.begin() > 0) {
                    text.append(partition).append(' ').append(span.begin()).append('\n');
                }
            });
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SUITE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Returns what the suite lost by {@code now}, in words; empty: nothing. */
    List<String> lostBy(DataIdentity now) {
        if (SUITE.stream().allMatch(topic -> isAnother(topic, now))) {
            return List.of("Kafka was emptied or swapped");
        }
        List<String> lost = new ArrayList<>();
        for (Topic topic : SUITE) {
            if (!now.ids.containsKey(topic)) {
                lost.add("the topic %s is gone".formatted(topic));
            } else if (isAnother(topic, now)) {
                lost.add("the topic %s was recreated".formatted(topic));
            } else if (spansOf(topic).entrySet().stream()
                    .anyMatch(
                            one -> now.span(topic, one).begin() > one.getValue().begin())) {
                lost.add("records of the topic %s were deleted".formatted(topic));
            } else if (spansOf(topic).entrySet().stream()
                    .anyMatch(one -> now.span(topic, one).end() < one.getValue().end())) {
                lost.add("the topic %s ends earlier than it did, so this is an older copy".formatted(topic));
            }
        }
        return lost;
    }

    /** Returns the other topics that are not what they were. */
    List<Topic> renewedBy(DataIdentity now) {
        return ids.keySet().stream()
                .filter(topic -> !SUITE.contains(topic) && isAnother(topic, now))
                .sorted()
                .toList();
    }

    private boolean isAnother(Topic topic, DataIdentity now) {
        UUID id = ids.get(topic);
        return id != null && !id.equals(now.ids.get(topic));
    }

    private SortedMap<Integer, OffsetRange> spansOf(Topic topic) {
        return spans.getOrDefault(topic, Collections.emptySortedMap());
    }

    private OffsetRange span(Topic topic, Map.Entry<Integer, OffsetRange> otherwise) {
        return spansOf(topic).getOrDefault(otherwise.getKey(), otherwise.getValue());
    }
}
