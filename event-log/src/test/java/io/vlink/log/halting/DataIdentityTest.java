package io.vlink.log.halting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataIdentityTest {

    static final UUID OTHER = new UUID(7, 7);

    /** Returns the contents of a healthy Kafka: two partitions of each suite topic, with ten records in each. */
    static DataIdentity sample() {
        Map<Topic, UUID> ids = new EnumMap<>(Topic.class);
        Map<Topic, SortedMap<Integer, DataIdentity.OffsetRange>> spans = new HashMap<>();
        for (Topic topic : Topic.values()) {
            ids.put(topic, new UUID(1, topic.topicName().hashCode()));
        }
        for (Topic topic : DataIdentity.SUITE) {
            spans.put(
                    topic,
                    new TreeMap<>(
                            Map.of(0, new DataIdentity.OffsetRange(0, 10), 1, new DataIdentity.OffsetRange(0, 10))));
        }
        return new DataIdentity(ids, spans);
    }

    static DataIdentity with(Topic topic, UUID id) {
        Map<Topic, UUID> ids = new HashMap<>(sample().ids());
        ids.put(topic, id);
        return new DataIdentity(ids, sample().spans());
    }

    static DataIdentity without(Topic topic) {
        Map<Topic, UUID> ids = new HashMap<>(sample().ids());
        ids.remove(topic);
        Map<Topic, SortedMap<Integer, DataIdentity.OffsetRange>> spans = new HashMap<>(sample().spans());
        spans.remove(topic);
        return new DataIdentity(ids, spans);
    }

    static DataIdentity with(Topic topic, int partition, DataIdentity.OffsetRange span) {
        Map<Topic, SortedMap<Integer, DataIdentity.OffsetRange>> spans = new HashMap<>(sample().spans());
        TreeMap<Integer, DataIdentity.OffsetRange> of = new TreeMap<>(spans.get(topic));
        of.put(partition, span);
        spans.put(topic, of);
        return new DataIdentity(sample().ids(), spans);
    }

    @Test
    void isTheSameForAnyRecordsAndAnyNumberOfPartitions() {
        // A suite has this id for its whole life: a change of its computation would make every suite another one.
        assertThat(sample().suite()).isEqualTo("9ed5eed2a8bcc6b0");
        assertThat(with(Topic.RULES, 1, new DataIdentity.OffsetRange(0, 4_000)).suite())
                .isEqualTo(sample().suite());
        assertThat(with(Topic.PATHS, 2, new DataIdentity.OffsetRange(0, 0)).suite())
                .isEqualTo(sample().suite());
        assertThat(with(Topic.STATUSES, OTHER).suite()).isEqualTo(sample().suite());
        assertThat(sample().lostBy(with(Topic.RULES, 1, new DataIdentity.OffsetRange(0, 4_000))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NODES", "LINKS", "NETWORKS", "ATTACHMENTS", "PATHS", "RULES"})
    void isAnotherOneIfATopicWasRecreatedOrTruncated(Topic topic) {
        // Given
        DataIdentity recreated = with(topic, OTHER);
        DataIdentity truncated = with(topic, 1, new DataIdentity.OffsetRange(3, 10));
        DataIdentity more = with(topic, 1, new DataIdentity.OffsetRange(4, 10));
        DataIdentity elsewhere = with(topic, 0, new DataIdentity.OffsetRange(3, 10));

        // Then
        assertThat(new String[] {sample().suite(), recreated.suite(), truncated.suite(), more.suite(), elsewhere.suite()
                })
                .doesNotHaveDuplicates();
        assertThat(sample().lostBy(recreated)).containsExactly("the topic " + topic + " was recreated");
        assertThat(sample().lostBy(truncated)).containsExactly("records of the topic " + topic + " were deleted");
        assertThat(truncated.lostBy(truncated)).isEmpty();
    }

    @Test
    void describesOtherLosses() {
        assertThat(sample().lostBy(without(Topic.LINKS))).containsExactly("the topic vlink.links is gone");
        assertThat(sample().lostBy(with(Topic.RULES, 0, new DataIdentity.OffsetRange(0, 9))))
                .containsExactly("the topic vlink.rules ends earlier than it did, so this is an older copy");
        assertThat(sample().lostBy(new DataIdentity(Map.of(), Map.of())))
                .containsExactly("Kafka was emptied or swapped");
        assertThat(sample().renewedBy(with(Topic.STATUSES, OTHER))).containsExactly(Topic.STATUSES);
        assertThat(sample().renewedBy(without(Topic.SWITCHES))).containsExactly(Topic.SWITCHES);
        assertThat(without(Topic.SWITCHES).renewedBy(sample())).isEmpty();
    }

    @Test
    void hasNoSuiteWhileATopicIsMissing() {
        assertThat(without(Topic.PATHS).isWhole()).isFalse();
        assertThatThrownBy(() -> without(Topic.PATHS).suite()).isInstanceOf(IllegalStateException.class);
    }
}
