package io.vlink.log.writing;

import io.vlink.log.LogConfig;
import io.vlink.log.kafka.KafkaProperties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends records that soon lose their value, and does not check that they arrive. Callers never block. A producer's send may, until
 * it knows the topic and while its buffer is full, so a thread of its own calls it. At most {@link #WAITING} records queue for
 * that thread; further ones are dropped.
 */
public final class Telemetry implements AutoCloseable {

    /** Maximum number of queued records. */
    public static final int WAITING = 20_000;

    private static final Logger LOG = Logger.getLogger(Telemetry.class);
    /** How long closing waits for the queue to drain, and again for the producer to flush. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** Pause before another attempt to create the producer. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final LogConfig config;
    private final Semaphore room = new Semaphore(WAITING);
    private final ExecutorService sender;
    private volatile boolean closed;
    private volatile @Nullable KafkaProducer<String, byte[]> producer;
    /** Time of the last failed attempt to create the producer, by {@link System#nanoTime}. Confined to the sender's thread. */
    private @Nullable Long failedAt;

    /** Creates an instance. It connects to Kafka with the first record. */
    public Telemetry(LogConfig config) {
        this.config = config;
        this.sender = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .name(config.service() + "-telemetry")
                .daemon()
                .factory());
    }

    /** Sends records in order, or drops all of them if they do not fit in the queue. Thread-safe; returns immediately. */
    public void send(List<ProducerRecord<String, byte[]>> records) {
        send(records, () -> {});
    }

    /**
     * Sends records in order, or drops all of them if they do not fit in the queue. Thread-safe; returns immediately.
     *
     * @param written called when Kafka has acknowledged the last record, and never if that record is dropped. Runs on the producer's
     *     thread, so it must be short
     */
    public void send(List<ProducerRecord<String, byte[]>> records, Runnable written) {
        if (records.isEmpty()) {
            return;
        }
        if (!room.tryAcquire(records.size())) {
            LOG.debugf("Telemetry is dropped: %d records are queued already", WAITING - room.availablePermits());
            return;
        }
        try {
            sender.execute(() -> handAll(records, written));
        } catch (RejectedExecutionException e) {
            LOG.debugf("Telemetry is dropped: %s", e.getMessage()); // closed
        }
    }

    private void handAll(List<ProducerRecord<String, byte[]>> records, Runnable written) {
        try {
            int last = records.size() - 1;
            for (ProducerRecord<String, byte[]> record : records.subList(0, last)) {
                hand(record, () -> {});
            }
            hand(records.get(last), written);
        } finally {
            room.release(records.size());
        }
    }

    private void hand(ProducerRecord<String, byte[]> record, Runnable written) {
        KafkaProducer<String, byte[]> to = producer();
        if (to == null || closed) {
            return;
        }
        try {
            var unused = to.send(record, (metadata, error) -> {
                if (error == null) {
                    written.run();
                } else {
                    dropped(record, error);
                }
            });
        } catch (KafkaException | IllegalStateException e) { // IllegalStateException: the producer was closed meanwhile
            dropped(record, e);
        }
    }

    /** Returns null if the producer cannot be created: no broker's name resolves, or settings contradict each other. */
    private @Nullable KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> made = producer;
        if (made != null || closed || (failedAt != null && System.nanoTime() - failedAt < RETRY.toNanos())) {
            return made;
        }
        try {
            made = new KafkaProducer<>(KafkaProperties.telemetryProducer(config));
            producer = made;
            failedAt = null;
        } catch (KafkaException e) {
            failedAt = System.nanoTime();
            LOG.warnf(
                    "Telemetry is dropped because its Kafka producer cannot be created: %s",
                    e.getCause() == null ? e : e.getCause());
        }
        return made;
    }

    private static void dropped(ProducerRecord<String, byte[]> record, Exception why) {
        LOG.debugf("A record of %s is dropped: %s key=%s", record.topic(), why.getMessage(), record.key());
    }

    /** Flushes what is queued, for a limited time, and stops. Later records are dropped. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                closed = true;
                sender.shutdownNow();
                sender.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            closed = true;
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
        KafkaProducer<String, byte[]> made = producer;
        if (made != null) {
            made.close(FAREWELL);
        }
    }
}
