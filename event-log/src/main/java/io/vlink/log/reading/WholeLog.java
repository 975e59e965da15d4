package io.vlink.log.reading;

import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.services.Services;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.Vitals;
import io.vlink.log.halting.Footing;
import io.vlink.log.halting.SchemaWatch;
import io.vlink.log.kafka.KafkaProperties;
import io.vlink.log.kafka.TopicSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of topics, assigned manually: state topics from the beginning, logs from their present end. Has
 * one thread, on which it calls its reader, and survives any outage of Kafka.
 */
public final class WholeLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WholeLog.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** Processes the records; called on the log's thread only. */
    public interface WholeLogReader {
        /** The topics that it handles: exactly those that the log reads ({@link LogConfig#whole}). */
        Set<Topic> topics();

        /** Processes a batch. Records of one topic-partition are in order; a batch may mix topics. */
        void on(List<Entry> batch);

        /**
         * Reports that everything that the topics contained at the start has been processed. Called once, and once
         * after each {@link #again}.
         */
        void loaded();

        /**
         * Reports that Kafka's data changed: the data from state topics must be dropped, and everything is read
         * again. Called only where an {@link io.vlink.log.serving.EventLog} or the log itself checks that.
         */
        default void again() {}

        /**
         * Reports that Kafka's data is not what it was, and that reading pauses until that is resolved
         * ({@link WholeLog#halted}).
         */
        default void doubted() {}
    }

    private final LogConfig config;
    private final WholeLogReader reader;
    private final AskedTopics topics;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final ReaderMeters meters;
    private final @Nullable Footing footing;
    /** Null: the reader itself refuses records that this build cannot read. */
    private @Nullable SchemaWatch schemas;

    private final ReadingThread thread;
    private final CatchUps catchUps = new CatchUps();
    private final AtomicReference<@Nullable CountDownLatch> beginAgain = new AtomicReference<>();
    private volatile boolean paused;
    private volatile boolean loaded;

    /**
     * Creates a log that reads {@code config.whole()} and ignores changes of Kafka's data.
     *
     * @throws IllegalArgumentException if the reader handles other topics
     */
    public WholeLog(LogConfig config, WholeLogReader reader, MeterRegistry registry) {
        this(config, reader, null, registry);
    }

    /**
     * Creates a log for a service without an {@link io.vlink.log.serving.EventLog}: it checks itself whether Kafka's
     * data is what it was, as {@link LogConfig#onLoss} requires.
     *
     * @param services returns the present services and their reports
     */
    public WholeLog(
            LogConfig config, WholeLogReader reader, Supplier<Services> services, Clock clock, MeterRegistry registry) {
        this(config, reader, new Footing(config, services, clock), registry);
    }

    private WholeLog(LogConfig config, WholeLogReader reader, @Nullable Footing footing, MeterRegistry registry) {
        LogConfig.requireSame(config.service(), Set.copyOf(config.whole()), reader.topics());
        this.config = config;
        this.footing = footing;
        this.schemas = footing == null ? null : footing.schemas();
        this.reader = reader;
        this.meters = new ReaderMeters(registry, "whole", config.whole());
        this.topics = new AskedTopics(config.whole());
        this.thread = new ReadingThread(config.service() + "-view", this::run);
    }

    /**
     * Reports records that this build cannot read to another log, which decides what to do. Must be called before the
     * start.
     */
    public void tell(SchemaWatch watch) {
        schemas = watch;
    }

    /**
     * Runs {@code action}, on the log's thread, once everything was processed that the topics contain now; not before
     * {@link #isLoaded}. Thread-safe.
     */
    public void whenCaughtUp(Runnable action) {
        catchUps.add(action);
        if (loaded) {
            thread.wakeUp();
        }
    }

    /** Pauses reading until {@link #again}; the processed data stays. Thread-safe. */
    public void pause() {
        paused = true;
        thread.wakeUp();
    }

    /**
     * Makes the reader drop its data, and reads everything from the beginning. Returns when the reader has dropped it.
     * Must not be called on this log's thread.
     */
    public void again() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        beginAgain.set(begun);
        paused = false;
        thread.wakeUp();
        while (thread.isRunning()
                && thread.hasBegun()
                && !thread.hasEnded()
                && !begun.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.wakeUp(); // the consumer may have been created since
        }
    }

    private boolean isReading() {
        return thread.isRunning() && !paused && beginAgain.get() == null;
    }

    private void drop() {
        CountDownLatch begun = beginAgain.getAndSet(null);
        if (begun != null) {
            positions.clear();
            loaded = false;
            catchUps.again();
            reader.again();
            begun.countDown();
        }
    }

    /** Starts reading. Returns immediately. */
    public void start() {
        thread.start();
    }

    /** Whether everything that the topics contained at the start has been processed. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Why nothing is read although it could be: Kafka's data was replaced or is an older copy. For people; null: all is well. */
    public @Nullable String halted() {
        return footing == null ? null : footing.halted();
    }

    /** The present condition of the log. */
    public Vitals vitals(String name) {
        return new Vitals(
                name,
                thread.hasBegun(),
                loaded,
                "%d topics, whole".formatted(topics.size()),
                thread.hasEnded() ? List.of(thread.name()) : List.of(),
                Duration.ZERO,
                silence(),
                halted());
    }

    private @Nullable Duration silence() {
        return paused || halted() != null ? Duration.ZERO : meters.silence(); // without reading there is no silence
    }

    @Override
    public void close() {
        thread.stop();
    }

    private void run() {
        while (thread.isRunning()) {
            drop();
            try {
                if (paused || (footing != null && footing.isStuck())) {
                    thread.waitFor(RETRY);
                    continue;
                }
                setUp();
                read();
            } catch (Footing.Moved e) {
                moved();
            } catch (WakeupException e) {
                LOG.debug("Reading ends.");
            } catch (InterruptedException e) {
                return;
            } catch (KafkaException | IllegalStateException | ExecutionException e) {
                LOG.warnf(
                        "Reading of whole topics from Kafka at %s failed and will be retried: %s",
                        config.bootstrapServers(), e.getMessage());
                thread.waitFor(RETRY);
            }
        }
    }

    private void setUp() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(KafkaProperties.admin(config))) {
            TopicSetup.ensure(admin, config);
            admin.close(Duration.ZERO);
        }
    }

    /** Schedules reading from the beginning, or reports the doubt. */
    private void moved() {
        if (halted() == null) {
            beginAgain.compareAndSet(null, new CountDownLatch(1));
        } else {
            reader.doubted();
        }
    }

    private void read() {
        try (var c = new KafkaConsumer<String, byte[]>(KafkaProperties.wholeConsumer(config))) {
            thread.readsWith(c);
            meters.listenTo(c);
            WholeReading reading = new WholeReading(c, config, positions, () -> !thread.isRunning());
            ReadBack readBack = new ReadBack(c, config);
            while (isReading()) {
                List<Entry> batch = new ArrayList<>();
                for (ConsumerRecord<String, byte[]> record : reading.poll(readBack.patience(POLL))) {
                    Topic topic = topics.of(record.topic());
                    Entry entry = Entry.of(topic, record);
                    if (schemas == null || schemas.takes(entry)) {
                        batch.add(entry);
                    }
                }
                if (loaded && isStrange()) {
                    return;
                }
                if (!batch.isEmpty()) {
                    meters.read(batch);
                    reader.on(batch); // records on which it fails are read again
                    reading.passed(batch);
                    if (loaded) {
                        meters.handled(batch);
                    }
                }
                meters.look(c);
                readBack.read(batch);
                if (footing != null) {
                    footing.look();
                }
                if (!loaded && reading.isReadToEnd()) {
                    if (isStrange()) {
                        return;
                    }
                    loaded = true;
                    reader.loaded();
                }
                if (loaded) {
                    catchUps.look(reading::ends, reading::position);
                }
            }
        }
    }

    /**
     * Whether records remain that this build cannot read, so that reading pauses.
     *
     * @throws Footing.Moved likewise, where this log itself decides what to do
     */
    private boolean isStrange() {
        if (schemas == null || !schemas.judge(read -> topics.holds(read.topic()))) {
            return false;
        }
        if (footing != null) {
            footing.look();
        }
        paused = true;
        return true;
    }
}
