package io.vlink.log.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** The beginning and the end of a reading of whole topics. */
class WholeReadingTest {

    private static final TopicPartition STATE = new TopicPartition(Topic.NODES.topicName(), 0);
    private static final TopicPartition LOG = new TopicPartition(Topic.ANSWERS.topicName(), 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private WholeReading begin() {
        consumer.updateEndOffsets(Map.of(STATE, 4L, LOG, 9L));
        LogConfig config = LogConfigBuilder.withoutKafka(1)
                .whole(Topic.NODES, Topic.ANSWERS)
                .build();
        return new WholeReading(consumer, config, positions, stopped::get);
    }

    @Test
    void readsStateFromTheBeginningAndALogFromItsPresentEnd() {
        WholeReading reading = begin();

        assertThat(reading.position(STATE)).isZero();
        assertThat(reading.position(LOG)).isEqualTo(9);
        assertThat(reading.isReadToEnd()).isFalse();
        consumer.seek(STATE, 4);
        assertThat(reading.isReadToEnd()).isTrue();
    }

    @Test
    void beginsWhereThePreviousReadingEnded() {
        positions.put(LOG, 6L);

        begin().passed(List.of(new Entry(Topic.NODES, 0, 2, Instant.EPOCH, "k", new byte[0])));

        assertThat(positions).isEqualTo(Map.of(STATE, 3L, LOG, 6L));
        assertThat(consumer.position(LOG)).isEqualTo(6);
        consumer.unsubscribe();
        assertThat(begin().position(STATE)).isEqualTo(3);
    }

    @Test
    void endsOnAWakeUpOnlyIfStopped() {
        WholeReading reading = begin();
        consumer.wakeup();
        assertThat(reading.poll(Duration.ZERO)).isEmpty();

        stopped.set(true);
        consumer.wakeup();
        assertThatThrownBy(() -> reading.poll(Duration.ZERO)).isInstanceOf(WakeupException.class);
    }

    @Test
    void returnsThePresentEnds() {
        WholeReading reading = begin();
        consumer.updateEndOffsets(Map.of(STATE, 8L));

        assertThat(reading.ends()).isEqualTo(Map.of(STATE, 8L, LOG, 9L));
    }
}
