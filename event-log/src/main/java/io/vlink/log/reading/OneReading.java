package io.vlink.log.reading;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions once, up to the ends that they have when the reading begins. */
public final class OneReading {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;
    private final Duration patience;

    /**
     * Creates a reading.
     *
     * @param consumer has no assignment; used by this object only
     * @param patience how long Kafka may send nothing before the ends are reached
     */
    public OneReading(Consumer<String, byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    /**
     * Reads the partitions. Returns when everything was read, or the reading was cancelled.
     *
     * @param begins the first offset to read of each partition
     * @param goesOn checked before each poll; false: the reading is cancelled
     * @param taken receives each record, in the order of its partition; and some of the records that arrived meanwhile
     * @throws KafkaException if Kafka does not answer, or the ends are not reached because the topic was replaced
     */
    public void read(
            Map<TopicPartition, Long> begins,
            BooleanSupplier goesOn,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> taken) {
        consumer.assign(begins.keySet());
        begins.forEach(consumer::seek);
        Map<TopicPartition, Long> ends = consumer.endOffsets(begins.keySet());
        long heard = System.nanoTime();
        while (goesOn.getAsBoolean() && isBehind(ends)) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            records.forEach(taken);
            if (!records.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > patience.toNanos() && isBehind(ends)) {
                throw new KafkaException(
                        "Kafka sent nothing for %s before the ends %s were reached.".formatted(patience, ends));
            }
        }
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }
}
