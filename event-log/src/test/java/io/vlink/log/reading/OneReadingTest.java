package io.vlink.log.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OneReadingTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.COUNTERS.topicName(), 3);
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final OneReading reading = new OneReading(consumer, PATIENCE);
    private final List<Long> taken = new ArrayList<>();

    private void holds(long first, long end) {
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        consumer.schedulePollTask(() -> {
            for (long offset = first; offset < end; offset++) {
                consumer.addRecord(
                        new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "k", new byte[0]));
            }
        });
    }

    @Test
    void readsFromTheGivenOffsetToTheEnd() {
        holds(4, 7);

        reading.read(Map.of(PARTITION, 4L), () -> true, record -> taken.add(record.offset()));

        assertThat(taken).containsExactly(4L, 5L, 6L);
    }

    @Test
    void doesNotPollAnEmptyPartition() {
        consumer.updateEndOffsets(Map.of(PARTITION, 9L));
        AtomicInteger asked = new AtomicInteger();

        reading.read(Map.of(PARTITION, 9L), () -> asked.incrementAndGet() < 2, record -> taken.add(record.offset()));

        assertThat(asked).hasValue(1);
        assertThat(taken).isEmpty();
    }

    @Test
    void stopsWhenCancelled() {
        holds(0, 3);

        reading.read(Map.of(PARTITION, 0L), () -> false, record -> taken.add(record.offset()));

        assertThat(taken).isEmpty();
    }

    @Test
    void failsIfTheEndIsNotReachedBecauseTheTopicWasReplaced() {
        consumer.updateEndOffsets(Map.of(PARTITION, 5L));

        assertThatThrownBy(() -> reading.read(Map.of(PARTITION, 0L), () -> true, record -> taken.add(record.offset())))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("vlink.counters-3=5");
    }
}
