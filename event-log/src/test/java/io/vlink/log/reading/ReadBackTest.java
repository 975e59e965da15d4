package io.vlink.log.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadBackTest {

    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final TopicPartition OUTPUT = new TopicPartition(Topic.LINKS.topicName(), 0);
    private static final TopicPartition INPUT = new TopicPartition(Topic.NODES.topicName(), 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    ReadBackTest() {
        consumer.assign(List.of(OUTPUT, INPUT));
        consumer.updateEndOffsets(Map.of(OUTPUT, 10L, INPUT, 10L));
        consumer.seek(INPUT, 0);
    }

    @Test
    void pausesItsOutputsOnceTheyAreReadToTheirEnd() {
        ReadBack readBack = readBack(false);
        consumer.seek(OUTPUT, 10);

        readBack.read(List.of(entry(Topic.LINKS)));

        assertThat(consumer.paused()).containsExactly(OUTPUT);
        assertThat(readBack.patience(LONGEST)).isLessThanOrEqualTo(ReadBack.PAUSE);
    }

    @Test
    void continuesWhileThereIsMoreToRead() {
        ReadBack readBack = readBack(false);
        consumer.seek(OUTPUT, 9);

        readBack.read(List.of(entry(Topic.LINKS)));

        assertThat(consumer.paused()).isEmpty();
        assertThat(readBack.patience(LONGEST)).isEqualTo(LONGEST);
    }

    @Test
    void doesNotPauseOtherTopicsOrFencedOutputs() {
        consumer.seek(OUTPUT, 10);

        readBack(false).read(List.of(entry(Topic.NODES)));
        readBack(true).read(List.of(entry(Topic.LINKS)));

        assertThat(consumer.paused()).isEmpty();
    }

    private ReadBack readBack(boolean fenced) {
        List<Topic> topics = List.of(Topic.NODES, Topic.LINKS);
        return new ReadBack(
                consumer,
                LogConfigBuilder.withoutKafka(1)
                        .owned(topics.toArray(Topic[]::new))
                        .outputs(Topic.LINKS)
                        .fenced(fenced)
                        .build());
    }

    private static Entry entry(Topic topic) {
        return new Entry(topic, 0, 9, Instant.EPOCH, "default/x", new byte[0]);
    }
}
