package io.vlink.log.reading;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One reading of whole topics by one consumer. Each partition is read from the end of an earlier reading; without one,
 * state topics are read from the beginning, and logs from their present end. Confined to the reading thread.
 */
final class WholeReading {

    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> positions;
    private final BooleanSupplier stopped;
    private final List<TopicPartition> all = new ArrayList<>();
    private final Backlog backlog = new Backlog();

    /**
     * Assigns all partitions and determines their ends.
     *
     * @param consumer has no assignment; used by this object only
     * @param positions the next offset to process of each partition with processed records; kept up to date
     * @param stopped whether a wake-up of the consumer means that the reading must end
     */
    WholeReading(
            Consumer<String, byte[]> consumer,
            LogConfig config,
            Map<TopicPartition, Long> positions,
            BooleanSupplier stopped) {
        this.consumer = consumer;
        this.positions = positions;
        this.stopped = stopped;
        Set<TopicPartition> logs = new HashSet<>();
        for (Topic topic : config.whole()) {
            for (int p = 0; p < config.partitions(); p++) {
                TopicPartition partition = new TopicPartition(topic.topicName(), p);
                all.add(partition);
                if (topic.retention() == Topic.Retention.LOG) {
                    logs.add(partition);
                }
            }
        }
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        for (TopicPartition tp : all) {
            consumer.seek(tp, positions.getOrDefault(tp, logs.contains(tp) ? ends.getOrDefault(tp, 0L) : 0L));
        }
        backlog.add(all, ends);
    }

    ConsumerRecords<String, byte[]> poll(Duration patience) {
        try {
            return consumer.poll(patience);
        } catch (WakeupException e) {
            if (stopped.getAsBoolean()) {
                throw e;
            }
            return ConsumerRecords.empty(); // an action waits until we have caught up
        }
    }

    /** Records that a batch was processed. */
    void passed(List<Entry> batch) {
        for (Entry entry : batch) {
            positions.put(new TopicPartition(entry.topic().topicName(), entry.partition()), entry.offset() + 1);
        }
    }

    /** Whether everything was read that the topics contained when this reading began. */
    boolean isReadToEnd() {
        backlog.pass(consumer::position);
        return backlog.isEmpty();
    }

    /** Returns the present ends of all partitions. */
    Map<TopicPartition, Long> ends() {
        for (; ; ) {
            try {
                return consumer.endOffsets(all);
            } catch (WakeupException e) { // meant for poll, which had returned already
                if (stopped.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    /** Returns the next offset to read. */
    long position(TopicPartition partition) {
        return consumer.position(partition);
    }
}
