package io.vlink.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one consumer of a service: a member of the service's group, on a thread of its own. Tells the {@link Decider} which
 * partition numbers came and went, what stands in them, and when they were read to their end.
 */
final class GroupReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(GroupReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** How long Kafka may tell nothing of what was committed last. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long RETRY_MS = 300;
    private static final long STUCK_MS = 2_000;

    private final LogConfig config;
    private final Decider<?> decider;
    private final Footing footing;
    private final SchemaWatch schemas;
    private final Consumer<Boolean> moved;
    private final Map<String, Topic> topics = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ReaderMeters meters;
    private final Thread thread;
    private int written = -1;
    private volatile boolean restarting;
    private volatile KafkaConsumer<String, byte[]> running;

    /**
     * Makes the reader.
     *
     * @param footing asked whether what is read may be decided on
     * @param moved told when all that was read from Kafka is to be thrown away; with true: and nothing is to be read for now
     */
    @SuppressWarnings("NullAway.Init") // the consumer is made on the thread
    GroupReader(
            LogConfig config, Decider<?> decider, Footing footing, Consumer<Boolean> moved, MeterRegistry registry) {
        this.config = config;
        this.decider = decider;
        this.footing = footing;
        this.schemas = footing.schemas();
        this.moved = moved;
        this.meters = new ReaderMeters(registry, "group", config.owned());
        config.owned().forEach(topic -> topics.put(topic.topicName(), topic));
        this.thread = Thread.ofPlatform().name(config.service() + "-reader").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Leaves all partitions and joins anew, so that everything is loaded again. From any thread. */
    void restart() {
        restarting = true;
        wakeup();
    }

    /** Looks at once whether what it stands on still holds. From any thread. */
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

    /** Since when Kafka was not heard; null: it never was. */
    @Nullable Duration silence() {
        return meters.silence();
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
                        "Reading from Kafka at %s failed and is tried again: %s",
                        config.bootstrapServers(), e.getMessage());
                retryLater();
            }
        }
    }

    private void write(int generation) {
        if (generation != written && generation < Topic.generation()) {
            LOG.infof(
                    "Internal records are written as generation %d has them, so that the build before can read them. If this build is to stay: ./vlink topics --bootstrap-servers %s --finalise",
                    generation, config.bootstrapServers());
        }
        written = generation;
        decider.write(generation);
    }

    /** One membership: from joining the group until stopped, restarted or broken. */
    private void member() {
        Set<TopicPartition> behind = new HashSet<>();
        try (var consumer = new KafkaConsumer<String, byte[]>(KafkaProperties.groupConsumer(config))) {
            running = consumer;
            meters.listenTo(consumer);
            Map<TopicPartition, Long> ends = new HashMap<>();
            Map<Integer, LastTransaction> last = new HashMap<>();
            Map<TopicPartition, Long> seen = new HashMap<>();
            Assignments assignments = new Assignments(consumer, behind, ends, seen);
            consumer.subscribe(config.subscribed(), assignments);
            ReadBack readBack = new ReadBack(consumer, config);
            while (stopped.getCount() > 0 && !restarting) {
                List<Entry> batch = new ArrayList<>();
                for (ConsumerRecord<String, byte[]> record : consumer.poll(readBack.patience(POLL))) {
                    Topic topic = topicOf(record.topic());
                    if (config.onLoss() == OnLoss.RELOAD && Holding.SUITE.contains(topic)) {
                        refuseOlder(record, seen);
                    }
                    if (schemas.takes(topic, record)) {
                        batch.add(Entry.of(topic, record));
                    }
                    if (config.fenced() && !behind.isEmpty() && config.outputs().contains(topic)) {
                        last.computeIfAbsent(record.partition(), partition -> new LastTransaction())
                                .on(record);
                    }
                }
                haltWhereStrange(behind);
                if (!batch.isEmpty()) {
                    meters.read(batch);
                    boolean news = decider.isServing();
                    decider.batch(batch, consumer.groupMetadata());
                    if (news) {
                        meters.handled(batch);
                    }
                }
                assignments.look();
                meters.look(consumer);
                readBack.read(batch);
                footing.look();
                if (!behind.isEmpty()) {
                    announceLoaded(consumer, behind, ends, last);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("Reading is interrupted.");
        } finally {
            decider.revokedAll();
        }
    }

    private void announceLoaded(
            KafkaConsumer<String, byte[]> consumer,
            Set<TopicPartition> behind,
            Map<TopicPartition, Long> ends,
            Map<Integer, LastTransaction> last) {
        Set<Integer> before = numbers(behind);
        behind.removeIf(tp -> consumer.position(tp) >= ends.getOrDefault(tp, 0L));
        before.removeAll(numbers(behind));
        haltWhereStrange(behind);
        // After all was read: what was read of a topic recreated meanwhile is never taken for that of the former one.
        String suite = before.isEmpty() ? null : footing.suite();
        for (int partition : before) {
            consumer.resume(logsOf(partition));
            if (config.fenced()) {
                // From here on the shard knows what it wrote; reading it again would only cost time.
                consumer.pause(partitionsOf(partition, config.outputs()));
            }
            LastTransaction written = last.remove(partition);
            decider.loaded(
                    partition,
                    endsOf(partition, ends),
                    suite,
                    written == null ? new LastTransaction() : withoutCommitted(written));
        }
    }

    /**
     * Before anything is decided on what was read to its end. While it is read, what cannot be read may be followed by what can.
     *
     * @throws Footing.Moved if what stands there cannot be read
     */
    private void haltWhereStrange(Set<TopicPartition> behind) {
        if (schemas.judge(read -> topics.containsKey(read.topic()) && !behind.contains(read))) {
            footing.look();
        }
    }

    /** A topic never goes back by itself: it was recreated, or is an older copy, and all that was taken in is in doubt. */
    private static void refuseOlder(ConsumerRecord<String, byte[]> record, Map<TopicPartition, Long> seen) {
        TopicPartition of = new TopicPartition(record.topic(), record.partition());
        Long last = seen.put(of, record.offset());
        if (last != null && record.offset() <= last) {
            throw new KafkaException("%s went back from offset %d to %d: Kafka's data is not what it was."
                    .formatted(of, last, record.offset()));
        }
    }

    /** Strips what was committed, so that an owner that ended in order leaves nothing to write again. */
    private LastTransaction withoutCommitted(LastTransaction last) {
        Map<TopicPartition, Long> begins = last.begins();
        try (var strict = new KafkaConsumer<String, byte[]>(KafkaProperties.strictConsumer(config))) {
            // No transaction is open: the earlier owner was fenced off, and nothing was written since.
            new OneReading(strict, PATIENCE).read(begins, () -> stopped.getCount() > 0 && !restarting, last::committed);
        }
        return last;
    }

    private Map<Topic, Long> endsOf(int partition, Map<TopicPartition, Long> ends) {
        Map<Topic, Long> ofPartition = new HashMap<>();
        ends.forEach((tp, end) -> {
            if (tp.partition() == partition) {
                ofPartition.put(topicOf(tp.topic()), end);
            }
        });
        return ofPartition;
    }

    private Topic topicOf(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            throw new IllegalStateException("The topic %s was never asked for.".formatted(name));
        }
        return topic;
    }

    private List<TopicPartition> logsOf(int partition) {
        return partitionsOf(
                partition,
                config.owned().stream()
                        .filter(topic -> topic.retention() == Topic.Retention.LOG)
                        .toList());
    }

    private static List<TopicPartition> partitionsOf(int partition, List<Topic> topics) {
        return topics.stream()
                .map(topic -> new TopicPartition(topic.topicName(), partition))
                .toList();
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        Set<Integer> numbers = new TreeSet<>();
        partitions.forEach(tp -> numbers.add(tp.partition()));
        return numbers;
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

    /** What to do when partitions come and go; called within poll. */
    private final class Assignments implements ConsumerRebalanceListener {

        private final KafkaConsumer<String, byte[]> consumer;
        private final Set<TopicPartition> behind;
        private final Map<TopicPartition, Long> ends;
        private final Map<TopicPartition, Long> seen;
        private boolean assigned;
        private boolean looked;

        Assignments(
                KafkaConsumer<String, byte[]> consumer,
                Set<TopicPartition> behind,
                Map<TopicPartition, Long> ends,
                Map<TopicPartition, Long> seen) {
            this.consumer = consumer;
            this.behind = behind;
            this.ends = ends;
            this.seen = seen;
        }

        /**
         * Assigns the group's partitions again where the first assignment lacks topics. A static member that comes back is given what it had
         * (KIP-814), though that was measured while topics were missing; being the leader, it takes that for the measure of what
         * there is now, and would never look again.
         */
        void look() {
            if (!assigned || looked) {
                return;
            }
            looked = true;
            Set<TopicPartition> held = consumer.assignment();
            boolean whole = !held.isEmpty()
                    && held.size() == numbers(held).size() * config.subscribed().size();
            if (config.instanceId().isPresent() && !whole) {
                LOG.debug("The assignment of before lacks topics; another is asked for.");
                consumer.enforceRebalance("an assignment of before lacks topics");
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> all) {
            assigned = true;
            List<TopicPartition> given =
                    all.stream().filter(tp -> topics.containsKey(tp.topic())).toList();
            consumer.pause(all.stream().filter(tp -> !given.contains(tp)).toList());
            Set<Integer> numbers = numbers(given);
            // Fence first, measure the end afterwards: what an earlier owner wrote until now is below the end.
            decider.assigned(numbers, consumer.groupMetadata().generationId());
            List<TopicPartition> states = given.stream()
                    .filter(tp -> topicOf(tp.topic()).retention() == Topic.Retention.STATE)
                    .toList();
            numbers.forEach(partition -> consumer.pause(logsOf(partition)));
            consumer.resume(states);
            consumer.seekToBeginning(states);
            given.forEach(seen::remove);
            ends.putAll(consumer.endOffsets(states));
            behind.addAll(states);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            behind.removeAll(revoked);
            schemas.leave(Set.copyOf(revoked));
            decider.revoked(numbers(revoked));
        }

        /** The group does not know us any more. That may be as Kafka's data is gone: topics are to be made, too. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            onPartitionsRevoked(lost);
            restarting = restarting || config.onLoss() != OnLoss.NOTHING;
        }
    }
}
