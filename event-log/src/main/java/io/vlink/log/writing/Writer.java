package io.vlink.log.writing;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.Outbox;
import io.vlink.log.kafka.KafkaProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes the output of a shard. Confined to the thread that has the turn. */
public sealed interface Writer {

    /**
     * Writes the contents of an outbox.
     *
     * @throws KafkaException if this owner was fenced off, or Kafka refuses a record
     */
    void write(
            Outbox outbox,
            Map<TopicPartition, OffsetAndMetadata> consumed,
            @Nullable ConsumerGroupMetadata group,
            Instant now);

    /**
     * The single writer of a partition number. Creating a second one for the same partition number fences off the
     * first, in any process: from then on Kafka accepts nothing from it.
     *
     * <p>Its transactions serve no other purpose. A record counts once Kafka has it. A transaction stays open for
     * {@link #OPEN}, so many writes share its cost; only offsets are committed at once. Records that an owner leaves
     * uncommitted are written again by the next one, see {@link LastTransaction}.
     */
    final class Fenced implements Writer {

        /** The longest time that readers of committed records wait for a record. */
        static final Duration OPEN = Duration.ofMillis(100);

        private static final Logger LOG = Logger.getLogger(Fenced.class);

        private final KafkaProducer<String, byte[]> producer;
        private final Set<String> outputs;
        private final AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();
        private long number = 1;
        private Instant commitAt = Instant.MAX;

        Fenced(LogConfig config, int partition) {
            producer = new KafkaProducer<>(KafkaProperties.fencedProducer(config, partition));
            outputs = config.outputs().stream().map(Topic::topicName).collect(Collectors.toUnmodifiableSet());
            producer.initTransactions();
        }

        /** Creates the writers of several partition numbers at once. Returns when all earlier ones are fenced off. */
        public static Map<Integer, Fenced> of(LogConfig config, Set<Integer> partitions) {
            Map<Integer, Future<Fenced>> making = new HashMap<>();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int partition : partitions) {
                    making.put(partition, executor.submit(() -> new Fenced(config, partition)));
                }
            }
            Map<Integer, Fenced> writers = new HashMap<>();
            making.forEach((partition, writer) -> writers.put(partition, ready(writer)));
            return writers;
        }

        private static Fenced ready(Future<Fenced> writer) {
            return switch (writer.state()) {
                case SUCCESS -> writer.resultNow();
                case FAILED ->
                    throw new KafkaException(
                            "The earlier writer of a partition cannot be fenced off.", writer.exceptionNow());
                case RUNNING, CANCELLED ->
                    throw new KafkaException("The earlier writer of a partition was not fenced off.");
            };
        }

        /** Continues after an earlier owner: its uncommitted records are written again, and committed. */
        public void takeOver(LastTransaction last) {
            List<ProducerRecord<String, byte[]>> again = last.again();
            number = last.number() + 1;
            if (!again.isEmpty()) {
                number = last.number();
                begin(Instant.MIN);
                again.forEach(this::send);
                commit();
            }
        }

        @Override
        public void write(
                Outbox outbox,
                Map<TopicPartition, OffsetAndMetadata> consumed,
                @Nullable ConsumerGroupMetadata group,
                Instant now) {
            begin(now);
            outbox.records().forEach(this::send);
            if (!consumed.isEmpty() && group != null) {
                producer.sendOffsetsToTransaction(consumed, group);
                commit();
            } else if (outbox.commits()) {
                commit();
            } else {
                producer.flush();
            }
            Exception refused = refusal.get();
            if (refused != null) {
                throw new KafkaException("Kafka refused a record.", refused);
            }
            outbox.succeeded();
        }

        /** The time when the open transaction must be committed; {@link Instant#MAX}: none is open. */
        public Instant commitAt() {
            return commitAt;
        }

        public void commit() {
            producer.commitTransaction();
            commitAt = Instant.MAX;
            number++;
        }

        private void begin(Instant now) {
            if (commitAt.equals(Instant.MAX)) {
                producer.beginTransaction();
                commitAt = now.equals(Instant.MIN) ? now : now.plus(OPEN);
            }
        }

        private void send(ProducerRecord<String, byte[]> record) {
            if (outputs.contains(record.topic())) {
                LastTransaction.mark(record, number);
            }
            Future<RecordMetadata> unused = producer.send(record, (metadata, error) -> {
                if (error != null) {
                    refusal.compareAndSet(null, error);
                }
            });
        }

        /** Closes it. An orderly close leaves nothing uncommitted to the next owner, if Kafka is available. */
        public void close(boolean orderly) {
            if (orderly && !commitAt.equals(Instant.MAX)) {
                try {
                    commit();
                } catch (KafkaException e) {
                    LOG.debugf("The last transaction is left to the next owner: %s", e.getMessage());
                }
            }
            producer.close(Duration.ZERO);
        }
    }

    /** Writes without waiting, in order within a key. One for all shards. */
    final class UnfencedWriter implements Writer {

        private final KafkaProducer<String, byte[]> producer;
        private final Consumer<Runnable> decider;
        private final Consumer<Throwable> onError;

        /**
         * Creates the writer.
         *
         * @param decider runs an action in a turn of its own
         * @param onError called in such a turn when a record could not be written
         */
        public UnfencedWriter(LogConfig config, Consumer<Runnable> decider, Consumer<Throwable> onError) {
            producer = new KafkaProducer<>(KafkaProperties.plainProducer(config));
            this.decider = decider;
            this.onError = onError;
        }

        @Override
        public void write(
                Outbox outbox,
                Map<TopicPartition, OffsetAndMetadata> consumed,
                @Nullable ConsumerGroupMetadata group,
                Instant now) {
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

        public void close() {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
