package io.vlink.log.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.halting.Footing;
import io.vlink.log.halting.SchemaWatch;
import io.vlink.log.kafka.KafkaProperties;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.reading.AskedTopics;
import io.vlink.log.reading.OneReading;
import io.vlink.log.reading.ReadBack;
import io.vlink.log.reading.ReaderMeters;
import io.vlink.log.writing.LastTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one consumer of a service: a member of the service's group, on its own thread. Reports to the {@link ShardLoop}
 * which partition numbers were assigned and revoked, their records, and when they were read to their end.
 */
final class GroupReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(GroupReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** How long Kafka may send nothing of what was committed last. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long RETRY_MS = 300;
    private static final long STUCK_MS = 2_000;

    private final LogConfig config;
    private final ShardLoop<?> decider;
    private final Footing footing;
    private final SchemaWatch schemas;
    private final Consumer<Boolean> moved;
    private final AskedTopics topics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ReaderMeters meters;
    private final Thread thread;
    private int written = -1;
    private volatile boolean restarting;
    private volatile KafkaConsumer<String, byte[]> running;
    private volatile @Nullable Membership joined;

    /**
     * Creates the reader.
     *
     * @param footing checks whether decisions may be based on what is read
     * @param moved called when all data read from Kafka must be discarded; with true: and reading must pause
     */
    @SuppressWarnings("NullAway.Init") // the consumer is created on the thread
    GroupReader(
            LogConfig config, ShardLoop<?> decider, Footing footing, Consumer<Boolean> moved, MeterRegistry registry) {
        this.config = config;
        this.decider = decider;
        this.footing = footing;
        this.schemas = footing.schemas();
        this.moved = moved;
        this.meters = new ReaderMeters(registry, "group", config.owned());
        this.topics = new AskedTopics(config.owned());
        this.thread = Thread.ofPlatform().name(config.service() + "-reader").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Leaves all partitions and joins again, which reloads everything. Thread-safe. */
    void restart() {
        restarting = true;
        wakeup();
    }

    /** Checks immediately whether Kafka's data is still right. Thread-safe. */
    void look() {
        wakeup();
    }

    @Override
    public void close() {
        stopped.countDown();
        wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time since Kafka was last heard; null: never. */
    @Nullable Duration silence() {
        return meters.silence();
    }

    /** The member id that Kafka assigned; null while it is in no group. Thread-safe. */
    @Nullable String memberId() {
        Membership membership = joined;
        return membership == null ? null : membership.memberId();
    }

    boolean hasBegun() {
        return thread.getState() != Thread.State.NEW;
    }

    /** Whether its thread ended without being stopped. */
    boolean hasEnded() {
        return stopped.getCount() > 0 && thread.getState() == Thread.State.TERMINATED;
    }

    String threadName() {
        return thread.getName();
    }

    private void wakeup() {
        KafkaConsumer<String, byte[]> consumer = running;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        try (footing) {
            readOn();
        }
    }

    private void readOn() {
        while (stopped.getCount() > 0) {
            try {
                if (footing.isStuck()) {
                    meters.heard();
                    waitFor(STUCK_MS);
                    continue;
                }
                try (Admin admin = Admin.create(KafkaProperties.admin(config))) {
                    write(TopicSetup.ensure(admin, config));
                }
                restarting = false;
                member();
                if (restarting) {
                    retryLater();
                }
            } catch (InterruptedException e) {
                return;
            } catch (Footing.Moved e) {
                moved.accept(footing.halted() != null);
            } catch (KafkaException | IllegalStateException | ExecutionException e) {
                LOG.warnf(
                        "Reading from Kafka at %s failed and will be retried: %s",
                        config.bootstrapServers(), e.getMessage());
                retryLater();
            }
        }
    }

    private void write(int generation) {
        if (generation != written && generation < Topic.generation()) {
            LOG.infof(
                    "Internal records are written in the form of generation %d, which the previous build can read. To make the upgrade permanent: ./vlink topics --bootstrap-servers %s --finalise",
                    generation, config.bootstrapServers());
        }
        written = generation;
        decider.write(generation);
    }

    /** Runs one membership, from joining the group until stopped, restarted or failed. */
    private void member() {
        try (var consumer = new KafkaConsumer<String, byte[]>(KafkaProperties.groupConsumer(config))) {
            running = consumer;
            meters.listenTo(consumer);
            Membership membership = new Membership(consumer, config, topics, decider, schemas, () -> restarting = true);
            joined = membership;
            consumer.subscribe(config.subscribed(), membership);
            ReadBack readBack = new ReadBack(consumer, config);
            while (stopped.getCount() > 0 && !restarting) {
                List<Entry> batch = new ArrayList<>();
                for (ConsumerRecord<String, byte[]> record : consumer.poll(readBack.patience(POLL))) {
                    Topic topic = topics.of(record.topic());
                    membership.met(topic, record);
                    Entry entry = Entry.of(topic, record);
                    if (schemas.takes(entry)) {
                        batch.add(entry);
                    }
                }
                haltWhereStrange(membership);
                if (!batch.isEmpty()) {
                    meters.read(batch);
                    boolean news = decider.isServing();
                    decider.batch(batch, consumer.groupMetadata());
                    if (news) {
                        meters.handled(batch);
                    }
                }
                membership.look();
                meters.look(consumer);
                readBack.read(batch);
                footing.look();
                if (membership.isLoading()) {
                    announceLoaded(membership);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("Reading is interrupted.");
        } finally {
            joined = null;
            decider.revokedAll();
        }
    }

    private void announceLoaded(Membership membership) {
        Set<Integer> read = membership.readToEnd();
        haltWhereStrange(membership);
        // After all was read, because records of a topic that was recreated meanwhile must not be attributed to the
        // former one.
        String suite = read.isEmpty() ? null : footing.suite();
        for (int partition : read) {
            membership.serve(partition);
            LastTransaction last = membership.lastOf(partition);
            decider.loaded(
                    partition,
                    membership.endsOf(partition),
                    suite,
                    last == null ? new LastTransaction() : withoutCommitted(last));
        }
    }

    /**
     * Halts if the records read contain some that this build cannot read. Called before decisions are based on a
     * partition that was read to its end, since during reading an unreadable record may be followed by a readable one
     * with the same key.
     *
     * @throws Footing.Moved if unreadable records remain
     */
    private void haltWhereStrange(Membership membership) {
        if (schemas.judge(read -> topics.holds(read.topic()) && !membership.isBehind(read))) {
            footing.look();
        }
    }

    /** Removes committed records, so after an owner that ended in order nothing is written again. */
    private LastTransaction withoutCommitted(LastTransaction last) {
        Map<TopicPartition, Long> begins = last.begins();
        try (var strict = new KafkaConsumer<String, byte[]>(KafkaProperties.strictConsumer(config))) {
            // No transaction is open: the earlier owner was fenced off, and nothing was written since.
            new OneReading(strict, PATIENCE).read(begins, () -> stopped.getCount() > 0 && !restarting, last::committed);
        }
        return last;
    }

    private void retryLater() {
        waitFor(RETRY_MS);
    }

    private void waitFor(long millis) {
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("Reading was stopped.");
            }
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }
}
