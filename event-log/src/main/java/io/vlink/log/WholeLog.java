package io.vlink.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.services.Services;
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
 * Reads topics whole, all partitions assigned by hand: state topics from the beginning, logs from their present end. It
 * has one thread of its own, on which it calls its reader, and outlives any absence of Kafka.
 */
public final class WholeLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WholeLog.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long RETRY_MS = 500;

    /** Takes in what is read; called on the log's thread only. */
    public interface Reader {
        /** All that it takes in: just what the log reads ({@link LogConfig#whole}). */
        Set<Topic> topics();

        /** Records of one topic-partition are in order; batches may mix topics. */
        void on(List<Entry> batch);

        /** Everything that the topics held at the start has been taken in. Called once, and once after each {@link #again}. */
        void loaded();

        /**
         * Kafka's data is another: what was taken in of state topics is to be forgotten, and all comes again. Called only where an
         * {@link EventLog} looks for that, or the log itself does.
         */
        default void again() {}

        /** Kafka's data is not what it was, and nothing more is read until that is decided about ({@link WholeLog#halted}). */
        default void doubted() {}
    }

    private final LogConfig config;
    private final Reader reader;
    private final AskedTopics topics;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ReaderMeters meters;
    private final @Nullable Footing footing;
    /** Absent: records that this build cannot read are for the reader to refuse. */
    private @Nullable SchemaWatch schemas;

    private final Thread thread;
    private final CatchUps catchUps = new CatchUps();
    private final AtomicReference<@Nullable CountDownLatch> beginAgain = new AtomicReference<>();
    private volatile boolean paused;
    private volatile boolean loaded;
    private volatile KafkaConsumer<String, byte[]> consumer;

    /**
     * Reads {@code config.whole()}, whatever became of Kafka's data.
     *
     * @throws IllegalArgumentException if the reader takes in anything else
     */
    public WholeLog(LogConfig config, Reader reader, MeterRegistry registry) {
        this(config, reader, null, registry);
    }

    /**
     * The same for a service that has no {@link EventLog}: it looks itself whether Kafka's data is what it was, as
     * {@link LogConfig#onLoss} says.
     *
     * @param services who is there now, and what they say
     */
    public WholeLog(LogConfig config, Reader reader, Supplier<Services> services, Clock clock, MeterRegistry registry) {
        this(config, reader, new Footing(config, services, clock), registry);
    }

    @SuppressWarnings("NullAway.Init") // the consumer is made on the thread
    private WholeLog(LogConfig config, Reader reader, @Nullable Footing footing, MeterRegistry registry) {
        LogConfig.requireSame(config.service(), Set.copyOf(config.whole()), reader.topics());
        this.config = config;
        this.footing = footing;
        this.schemas = footing == null ? null : footing.schemas();
        this.reader = reader;
        this.meters = new ReaderMeters(registry, "whole", config.whole());
        this.topics = new AskedTopics(config.whole());
        this.thread = Thread.ofPlatform().name(config.service() + "-view").unstarted(this::run);
    }

    /** Has another log told of records that this build cannot read, and decide what follows from that. Before the start. */
    void tell(SchemaWatch watch) {
        schemas = watch;
    }

    /**
     * Has {@code action} called, on the log's thread, once everything was taken in that stands in the topics now; not before
     * {@link #isLoaded}. From any thread.
     */
    public void whenCaughtUp(Runnable action) {
        catchUps.add(action);
        if (loaded) {
            wake();
        }
    }

    private void wake() {
        KafkaConsumer<String, byte[]> running = consumer;
        if (running != null) {
            running.wakeup();
        }
    }

    /** Reads nothing more until {@link #again}; what was taken in stays. From any thread. */
    void pause() {
        paused = true;
        wake();
    }

    /**
     * Has everything read from the beginning, by a reader that has forgotten what it took in. Returns when it has; from any other
     * thread than that of this log.
     */
    void again() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        beginAgain.set(begun);
        paused = false;
        wake();
        while (stopped.getCount() > 0 && hasBegun() && !hasEnded() && !begun.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
            wake(); // the consumer may have been made since
        }
    }

    private boolean isReading() {
        return stopped.getCount() > 0 && !paused && beginAgain.get() == null;
    }

    private void forget() {
        CountDownLatch begun = beginAgain.getAndSet(null);
        if (begun != null) {
            positions.clear();
            loaded = false;
            catchUps.again();
            reader.again();
            begun.countDown();
        }
    }

    /** Begins to read; returns at once. */
    public void start() {
        thread.start();
    }

    /** Whether everything that the topics held at the start has been taken in. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Why nothing is read though all could be: Kafka's data is not what it was. For people; absent: all is well. */
    public @Nullable String halted() {
        return footing == null ? null : footing.halted();
    }

    /** How it fares now. */
    public Vitals vitals(String name) {
        return new Vitals(
                name,
                hasBegun(),
                loaded,
                "%d topics, whole".formatted(topics.size()),
                hasEnded() ? List.of(threadName()) : List.of(),
                Duration.ZERO,
                silence(),
                halted());
    }

    @Nullable Duration silence() {
        return paused || halted() != null ? Duration.ZERO : meters.silence(); // who reads nothing misses nobody
    }

    boolean hasBegun() {
        return thread.getState() != Thread.State.NEW;
    }

    /** Whether its thread ended though nobody stopped it. */
    boolean hasEnded() {
        return stopped.getCount() > 0 && thread.getState() == Thread.State.TERMINATED;
    }

    String threadName() {
        return thread.getName();
    }

    @Override
    public void close() {
        stopped.countDown();
        wake();
    }

    private void run() {
        while (stopped.getCount() > 0) {
            forget();
            try {
                if (paused || (footing != null && footing.isStuck())) {
                    retryLater();
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
                        "Reading of whole topics from Kafka at %s failed and is tried again: %s",
                        config.bootstrapServers(), e.getMessage());
                retryLater();
            }
        }
    }

    private void setUp() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(KafkaProperties.admin(config))) {
            TopicSetup.ensure(admin, config);
            admin.close(Duration.ZERO);
        }
    }

    /** All is read again, or nothing more for now. */
    private void moved() {
        if (halted() == null) {
            beginAgain.compareAndSet(null, new CountDownLatch(1));
        } else {
            reader.doubted();
        }
    }

    private void read() {
        try (var c = new KafkaConsumer<String, byte[]>(KafkaProperties.wholeConsumer(config))) {
            consumer = c;
            meters.listenTo(c);
            WholeReading reading = new WholeReading(c, config, positions, () -> stopped.getCount() == 0);
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
                    reader.on(batch); // what it fails on, it is given again
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
     * Whether what stands there cannot be read by this build, so that nothing more is read until it can.
     *
     * @throws Footing.Moved likewise, where this log decides itself what follows from that
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

    private void retryLater() {
        try {
            if (stopped.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Reading was stopped.");
            }
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }
}
