package io.vlink.log.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When the records of topic-partitions count as read. */
class BacklogTest {

    private static final TopicPartition NODES_1 = new TopicPartition(Topic.NODES.topicName(), 1);
    private static final TopicPartition LINKS_1 = new TopicPartition(Topic.LINKS.topicName(), 1);
    private static final TopicPartition NODES_2 = new TopicPartition(Topic.NODES.topicName(), 2);

    private final Backlog backlog = new Backlog();
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    BacklogTest() {
        backlog.add(List.of(NODES_1, LINKS_1, NODES_2), Map.of(NODES_1, 5L, LINKS_1, 3L, NODES_2, 7L));
    }

    private long position(TopicPartition of) {
        return positions.getOrDefault(of, 0L);
    }

    @Test
    void finishesAPartitionNumberOnceAllItsTopicsAreRead() {
        // Given
        positions.put(NODES_1, 5L);
        positions.put(LINKS_1, 2L);

        // Then
        assertThat(backlog.pass(this::position)).isEmpty();
        assertThat(backlog.holds(NODES_1)).isFalse();
        assertThat(backlog.holds(LINKS_1)).isTrue();

        // When
        positions.put(LINKS_1, 4L); // one record arrived since

        // Then
        assertThat(backlog.pass(this::position)).containsExactly(1);
        assertThat(backlog.pass(this::position)).isEmpty();
        assertThat(backlog.isEmpty()).isFalse();

        // When
        positions.put(NODES_2, 7L);

        // Then
        assertThat(backlog.pass(this::position)).containsExactly(2);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void neitherAwaitsNorReportsRemovedPartitions() {
        backlog.remove(List.of(NODES_1, LINKS_1));

        positions.put(NODES_2, 7L);
        assertThat(backlog.pass(this::position)).containsExactly(2);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void finishesAnEmptyPartitionAtOnce() {
        Backlog empty = new Backlog();
        empty.add(List.of(NODES_1), Map.of(NODES_1, 0L));

        assertThat(empty.pass(this::position)).containsExactly(1);
    }

    @Test
    void returnsTheEndsOfAPartitionNumberAlsoAfterItIsRead() {
        positions.put(NODES_2, 7L);
        backlog.pass(this::position);

        assertThat(backlog.endsOf(1)).isEqualTo(Map.of(NODES_1, 5L, LINKS_1, 3L));
        assertThat(backlog.endsOf(2)).isEqualTo(Map.of(NODES_2, 7L));
        assertThat(backlog.endsOf(3)).isEmpty();
    }
}
