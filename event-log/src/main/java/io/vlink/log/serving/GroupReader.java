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
import io.vlink.log.reading.ReadingThread;
import io.vlink.log.writing.LastTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
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

    private static final Duration RETRY = Duration.ofMillis(300);
    private static final Duration RETRY_WHILE_HALTED = Duration.ofSeconds(2);
    /** How long closing waits for the thread to leave the group. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final LogConfig config;
    private final ShardLoop<?> decider;
    private final Footing footing;
    private final SchemaWatch schemas;
    private final Consumer<Boolean> moved;
    private final AskedTopics topics;
    private final ReaderMeters meters;
    private final ReadingThread thread;
    private int written = -1;
    private volatile boolean restarting;
    private volatile @Nullable Membership joined;

    /**
     * Creates the reader.
     *
     * @param footing checks whether decisions may be based on what is read
     * @param moved called when all data read from Kafka must be discarded; with true: and reading must pause
     */
    GroupReader(
            LogConfig config, ShardLoop<?> decider, Footing footing, Consumer<Boolean> moved, MeterRegistry registry) {
        this.config = config;
        this.decider = decider;
        this.footing = footing;
        this.schemas = footing.schemas();
        this.moved = moved;
        this.meters = new ReaderMeters(registry, "group", config.owned());
        this.topics = new AskedTopics(config.owned());
        this.thread = new ReadingThread(config.service() + "-reader", this::run);
    }

    void start() {
        thread.start();
    }

    /** Leaves all partitions and joins again, which reloads everything. Thread-safe. */
    void restart() {
        restarting = true;
        thread.wakeUp();
    }

    /** Checks immediately whether Kafka's data is still right. Thread-safe. */
    void look() {
        thread.wakeUp();
    }

    @Override
    public void close() {
        thread.stop();
        thread.join(LONGEST_END);
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

    ReadingThread thread() {
        return thread;
    }

    private void run() {
        try (footing) {
            readOn();
        }
    }

    private void readOn() {
        while (thread.isRunning()) {
            try {
                if (footing.isStuck()) {
                    meters.heard();
                    thread.waitFor(RETRY_WHILE_HALTED);
                    continue;
                }
                try (Admin admin = Admin.create(KafkaProperties.admin(config))) {
                    write(TopicSetup.ensure(admin, config));
                }
                restarting = false;
                member();
                if (restarting) {
                    thread.waitFor(RETRY);
                }
            } catch (InterruptedException e) {
                return;
            } catch (Footing.Moved e) {
                moved.accept(footing.halted() != null);
            } catch (KafkaException | IllegalStateException | ExecutionException e) {
                LOG.warnf(
                        "Reading from Kafka at %s failed and will be retried: %s",
                        config.bootstrapServers(), e.getMessage());
                thread.waitFor(RETRY);
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
            thread.readsWith(consumer);
            meters.listenTo(consumer);
            Membership membership = new Membership(consumer, config, topics, decider, schemas, () -> restarting = true);
            joined = membership;
            consumer.subscribe(config.subscribed(), membership);
            ReadBack readBack = new ReadBack(consumer, config);
            while (thread.isRunning() && !restarting) {
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

    /** Removes committed records, so nothing is written again after an owner that ended cleanly. */
    private LastTransaction withoutCommitted(LastTransaction last) {
        Map<TopicPartition, Long> begins = last.begins();
        try (var strict = new KafkaConsumer<String, byte[]>(KafkaProperties.strictConsumer(config))) {
            // No transaction is open: the earlier owner was fenced off, and nothing was written since.
            new OneReading(strict, PATIENCE).read(begins, () -> thread.isRunning() && !restarting, last::committed);
        }
        return last;
    }
}
