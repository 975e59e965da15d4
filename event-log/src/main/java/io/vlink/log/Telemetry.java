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
    static final int WAITING = 20_000;

    private static final Logger LOG = Logger.getLogger(Telemetry.class);
    /** For what was sent last: until the producer has it, and until Kafka has. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final LogConfig config;
    private final Semaphore room = new Semaphore(WAITING);
    private final ExecutorService sender;
    private @Nullable KafkaProducer<String, byte[]> producer;

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
        int last = records.size() - 1;
        for (ProducerRecord<String, byte[]> record : records.subList(0, last)) {
            hand(record, () -> {});
        }
        hand(records.get(last), written);
    }

    private void hand(ProducerRecord<String, byte[]> record, Runnable written) {
        try {
            KafkaProducer<String, byte[]> to = producer;
            if (to == null) { // it cannot be made before a broker's name is known
                to = new KafkaProducer<>(KafkaProperties.telemetryProducer(config));
                producer = to;
            }
            var unused = to.send(record, (metadata, error) -> {
                if (error == null) {
                    written.run();
                } else {
                    dropped(record, error);
                }
            });
        } catch (KafkaException e) {
            dropped(record, e);
        } finally {
            room.release();
        }
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
                sender.shutdownNow();
                sender.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (producer != null) {
            producer.close(FAREWELL);
        }
    }
}
