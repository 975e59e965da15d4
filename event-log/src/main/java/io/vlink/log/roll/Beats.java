package io.vlink.log.roll;

import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.log.EventJson;
import io.vlink.log.LogConfig;
import io.vlink.log.kafka.KafkaProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports periodically that this instance is present, on its own thread, and only after a turn of the log has proven
 * that it works. An instance that is stopped, stuck, or cut off from Kafka falls silent.
 */
final class Beats implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Beats.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final LogConfig config;
    private final String instance;
    private final Instant startedAt;
    private final Duration every;
    private final Attendance attendance;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean underway = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopped;
    private @Nullable KafkaProducer<String, byte[]> producer;
    private long number;

    Beats(LogConfig config, String instance, Instant startedAt, Duration every, Attendance attendance) {
        this.config = config;
        this.instance = instance;
        this.startedAt = startedAt;
        this.every = every;
        this.attendance = attendance;
        this.thread = Thread.ofPlatform().name(config.service() + "-beats").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Reports soon, because something changed. Thread-safe. */
    void hurry() {
        wake.release();
    }

    String key() {
        return config.service() + "/" + instance;
    }

    Instant startedAt() {
        return startedAt;
    }

    private void run() {
        try {
            while (!stopped) {
                long next = System.nanoTime() + untilNext(Instant.now(), every).toNanos();
                if (isProven() && !stopped) {
                    send(ServiceInstance.State.PRESENT);
                }
                boolean hurried = wake.tryAcquire(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (hurried) {
                    wake.drainPermits();
                }
            }
            send(ServiceInstance.State.LEFT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (producer != null) {
                producer.close(FAREWELL);
            }
        }
    }

    /**
     * Returns the time until the next heartbeat. The heartbeats of all services fall on the same moments if their
     * clocks agree, so each listener wakes once for all of them.
     */
    static Duration untilNext(Instant now, Duration every) {
        long past = now.toEpochMilli() % Math.max(1, every.toMillis());
        return every.minusMillis(past);
    }

    private boolean isProven() throws InterruptedException {
        Semaphore proof = new Semaphore(0);
        attendance.prove(proof::release);
        return proof.tryAcquire(every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void send(ServiceInstance.State state) {
        boolean leaves = state == ServiceInstance.State.LEFT;
        if (!underway.compareAndSet(false, true) && !leaves) {
            return; // Kafka has not acknowledged the previous one
        }
        number++;
        var said = new ServiceInstance(
                config.service(),
                instance,
                startedAt,
                number,
                state,
                leaves ? null : attendance.reason(),
                leaves ? List.of() : List.copyOf(new TreeSet<>(attendance.served())),
                leaves ? null : attendance.sightings(),
                leaves ? null : attendance.suite(),
                leaves ? null : attendance.doubt(),
                leaves ? null : attendance.member(),
                Topic.generation());
        write(key(), EventJson.write(said), () -> underway.set(false));
    }

    /** Deletes the record of an instance that is gone. */
    void bury(String expired) {
        write(expired, null, () -> {});
    }

    private synchronized void write(String key, byte @Nullable [] value, Runnable over) {
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(KafkaProperties.beatProducer(config));
            }
            var unused = producer.send(
                    new ProducerRecord<>(Topic.SERVICES.topicName(), 0, key, value), (metadata, error) -> over.run());
        } catch (KafkaException e) {
            LOG.debugf("Beat not sent: %s", e.getMessage());
            over.run();
        }
    }

    /** Sends the last heartbeat, which reports that the instance leaves. */
    @Override
    public void close() {
        stopped = true;
        wake.release();
        try {
            thread.join(FAREWELL.plusSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
