package io.vlink.log;

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
 * Sends records that are worth little later, and forgets them. Who sends never waits for Kafka, which a producer's own send does
 * until it knows the topic, and while its buffer is full: a thread of this one does. For that thread {@link #WAITING} records wait
 * at most; the rest is dropped. What is sent together wakes it once.
 */
public final class Telemetry implements AutoCloseable {

    /** How many records wait at most. */
    public static final int WAITING = 20_000;

    private static final Logger LOG = Logger.getLogger(Telemetry.class);
    /** For what was sent last: until the producer has it, and until Kafka has. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** How long a producer that could not be made is not tried again. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final LogConfig config;
    private final Semaphore room = new Semaphore(WAITING);
    private final ExecutorService sender;
    private volatile boolean closed;
    private volatile @Nullable KafkaProducer<String, byte[]> producer;
    /** By {@link System#nanoTime}; absent: it was not tried, or could be made. Belongs to the sender's thread. */
    private @Nullable Long failedAt;

    /** Makes one; nothing is asked of Kafka before something is sent. */
    public Telemetry(LogConfig config) {
        this.config = config;
        this.sender = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .name(config.service() + "-telemetry")
                .daemon()
                .factory());
    }

    /** Sends records in this order, or drops them, all of them. From any thread; returns at once. */
    public void send(List<ProducerRecord<String, byte[]>> records) {
        send(records, () -> {});
    }

    /**
     * As above.
     *
     * @param written called once Kafka has the last one, on a thread that is to be kept for a moment only; not at all where that is
     *     dropped
     */
    public void send(List<ProducerRecord<String, byte[]>> records, Runnable written) {
        if (records.isEmpty()) {
            return;
        }
        if (!room.tryAcquire(records.size())) {
            LOG.debugf("Telemetry is dropped: %d records wait already", WAITING - room.availablePermits());
            return;
        }
        try {
            sender.execute(() -> handAll(records, written));
        } catch (RejectedExecutionException e) {
            LOG.debugf("Telemetry is dropped: %s", e.getMessage()); // this is closed
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
        } catch (KafkaException | IllegalStateException e) { // the latter: it was closed meanwhile
            dropped(record, e);
        }
    }

    /** Null: it cannot be made, as no broker's name is known, or settings do not go together. */
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
            LOG.warnf("Telemetry is dropped, as it cannot be sent: %s", e.getCause() == null ? e : e.getCause());
        }
        return made;
    }

    private static void dropped(ProducerRecord<String, byte[]> record, Exception why) {
        LOG.debugf("A record of %s is dropped: %s key=%s", record.topic(), why.getMessage(), record.key());
    }

    /** Ends it, with a moment for what was sent last; what is sent from now on is dropped. */
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
