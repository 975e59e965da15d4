package io.vlink.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes what a shard puts out. Used on the log's thread only. */
sealed interface Writer extends AutoCloseable {

    /**
     * Writes everything of an outbox.
     *
     * @throws org.apache.kafka.common.KafkaException if this owner was fenced off, or Kafka does not take it
     */
    void write(Outbox outbox, Map<TopicPartition, OffsetAndMetadata> consumed, @Nullable ConsumerGroupMetadata group);

    @Override
    void close();

    /**
     * The single writer of a partition number: one transaction for each outbox, closed before it returns. Making a second
     * one for the same partition number fences off the first, wherever it lives.
     */
    final class Fenced implements Writer {

        private final KafkaProducer<String, byte[]> producer;

        Fenced(LogConfig config, int partition) {
            producer = new KafkaProducer<>(KafkaProperties.fencedProducer(config, partition));
            producer.initTransactions();
        }

        @Override
        public void write(
                Outbox outbox, Map<TopicPartition, OffsetAndMetadata> consumed, @Nullable ConsumerGroupMetadata group) {
            producer.beginTransaction();
            for (ProducerRecord<String, byte[]> record : outbox.records()) {
                // What fails is thrown by commitTransaction.
                Future<RecordMetadata> unused = producer.send(record);
            }
            if (!consumed.isEmpty() && group != null) {
                producer.sendOffsetsToTransaction(consumed, group);
            }
            producer.commitTransaction();
            outbox.succeeded();
        }

        @Override
        public void close() {
            producer.close(Duration.ZERO);
        }
    }

    /** Writes without waiting; order within a key is kept. One for all shards. */
    final class Plain implements Writer {

        private final KafkaProducer<String, byte[]> producer;
        private final Consumer<Runnable> decider;
        private final Consumer<Throwable> onError;

        /**
         * Makes the writer.
         *
         * @param decider runs something on the log's thread
         * @param onError told on the log's thread that something could not be written
         */
        Plain(LogConfig config, Consumer<Runnable> decider, Consumer<Throwable> onError) {
            producer = new KafkaProducer<>(KafkaProperties.plainProducer(config));
            this.decider = decider;
            this.onError = onError;
        }

        @Override
        public void write(
                Outbox outbox, Map<TopicPartition, OffsetAndMetadata> consumed, @Nullable ConsumerGroupMetadata group) {
            if (outbox.records().isEmpty()) {
                outbox.succeeded();
            }
            AtomicInteger open = new AtomicInteger(outbox.records().size());
            for (ProducerRecord<String, byte[]> record : outbox.records()) {
                Future<RecordMetadata> unused = producer.send(record, (metadata, error) -> {
                    if (error != null) {
                        decider.accept(() -> {
                            outbox.failed(error);
                            onError.accept(error);
                        });
                    } else if (open.decrementAndGet() == 0 && outbox.hasListeners()) {
                        decider.accept(outbox::succeeded);
                    }
                });
            }
        }

        @Override
        public void close() {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
