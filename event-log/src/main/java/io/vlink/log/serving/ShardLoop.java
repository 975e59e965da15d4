package io.vlink.log.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.Forms;
import io.vlink.log.LogConfig;
import io.vlink.log.Outbox;
import io.vlink.log.Shard;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.writing.LastTransaction;
import io.vlink.log.writing.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes decisions, one turn at a time: incoming records are processed, then each affected shard acts, and its output is
 * written. A reader takes turns on its own thread, so no record waits for another thread to wake up. Commands and
 * timers use this class's thread. Fields that are neither final nor volatile are confined to the thread that has the
 * turn.
 */
final class ShardLoop<S extends Shard> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ShardLoop.class);

    private final LogConfig config;
    private final EventLog.Shards<S> factory;
    private final Clock clock;
    private final Runnable restart;
    private final TurnMeters meters;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final OwnedShards<S> owned = new OwnedShards<>();

    private @Nullable ConsumerGroupMetadata group;
    private Writer.@Nullable UnfencedWriter plain;
    private boolean failing;
    private Instant sleepsUntil = Instant.MAX;
    private volatile boolean running = true;
    /** Until the generation of the suite is known: the form that every build reads. */
    private volatile int generation;

    private volatile Forms forms = Forms.of(0);

    ShardLoop(LogConfig config, EventLog.Shards<S> factory, Clock clock, Runnable restart, MeterRegistry registry) {
        this.config = config;
        this.factory = factory;
        this.clock = clock;
        this.restart = restart;
        this.meters = new TurnMeters(registry, mailbox, () -> owned.serving().size());
        this.thread = Thread.ofPlatform().name(config.service() + "-decider").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isServing() {
        return owned.isServing();
    }

    /** Sets the generation in whose form records are written. Only while no shard is owned. */
    void write(int ofGeneration) {
        generation = ofGeneration;
        forms = Forms.of(ofGeneration);
    }

    Forms forms() {
        return forms;
    }

    /** The partition numbers that are owned and loaded. */
    Set<Integer> servedPartitions() {
        return owned.serving();
    }

    /** The duration of the present turn. */
    Duration turn() {
        return meters.turn();
    }

    /** Whether its thread ended without being stopped. */
    boolean hasEnded() {
        return running && thread.getState() == Thread.State.TERMINATED;
    }

    String threadName() {
        return thread.getName();
    }

    boolean serves(int partition) {
        return owned.serving().contains(partition);
    }

    void submit(int partition, Consumer<S> command, Runnable absent) {
        command(() -> {
            OwnedShard<S> shard = owned.of(partition);
            if (shard == null || !shard.serving()) {
                absent.run();
            } else {
                shard.touch();
                command.accept(shard.shard());
            }
        });
    }

    void submitToAll(Consumer<S> command) {
        command(() -> owned.all().stream().filter(OwnedShard::serving).forEach(shard -> {
            shard.touch();
            command.accept(shard.shard());
        }));
    }

    /** Runs something in a turn. It must not touch a shard. */
    void prove(Runnable proven) {
        command(proven);
    }

    void onServing(Runnable listener) {
        owned.onServing(listener);
    }

    private void command(Runnable command) {
        mailbox.add(command);
        LockSupport.unpark(thread);
    }

    // ---- called by GroupReader, on its thread

    /** Creates and fences the shards of partition numbers. Returns when all earlier owners are fenced off. */
    void assigned(Set<Integer> partitions, long epoch) {
        Map<Integer, Writer.Fenced> writers = config.fenced() ? Writer.Fenced.of(config, partitions) : Map.of();
        takeTurn(() -> {
            owned.join();
            failing = false;
            for (int partition : partitions) {
                S made = factory.create(partition, epoch);
                made.finalisedFor(generation);
                owned.add(partition, new OwnedShard<>(partition, made, writers.get(partition)));
            }
            owned.all()
                    .forEach(shard -> LogConfig.requireSame(
                            config.service(), config.read(), shard.shard().topics()));
            if (partitions.isEmpty()) {
                owned.updateServing();
            }
        });
    }

    void batch(List<Entry> batch, ConsumerGroupMetadata metadata) {
        takeTurn(() -> {
            group = metadata;
            meters.took(batch.size());
            for (Entry entry : batch) {
                OwnedShard<S> shard = owned.of(entry.partition());
                if (shard != null) {
                    shard.on(entry);
                }
            }
        });
    }

    /**
     * Records that a partition number was read to its end.
     *
     * @param suite the suite's id, where the service uses it
     * @param last the last transaction in its outputs, where the log is fenced
     */
    void loaded(int partition, Map<Topic, Long> ends, @Nullable String suite, LastTransaction last) {
        takeTurn(() -> owned.readToEnd(partition, ends, suite, generation, last));
    }

    /** Returns when the shards are closed and nothing more is written for them. */
    void revoked(Set<Integer> partitions) {
        takeTurn(() -> owned.revoke(partitions));
    }

    void revokedAll() {
        takeTurn(owned::leave);
    }

    // ---- called by WholeLog, on its thread

    WholeLog.WholeLogReader wholeReader() {
        return new WholeLog.WholeLogReader() {
            @Override
            public Set<Topic> topics() {
                return Set.copyOf(config.whole());
            }

            @Override
            public void on(List<Entry> batch) {
                takeTurn(() -> {
                    meters.took(batch.size());
                    owned.onWhole(batch);
                });
            }

            @Override
            public void again() {
                takeTurn(owned::dropWhole);
            }

            @Override
            public void loaded() {
                takeTurn(owned::wholeLoaded);
            }
        };
    }

    // ---- turns

    private void run() {
        while (running) {
            takeTurn(ShardLoop::nothing);
            await();
        }
        takeTurn(() -> owned.dropAll(true));
        if (plain != null) {
            plain.close();
        }
    }

    /** Processes the caller's work and the mailbox, then acts. */
    private void takeTurn(Runnable work) {
        turn.lock();
        meters.begin();
        try {
            Runnable next = work;
            while (next != null) {
                next.run();
                next = mailbox.poll();
            }
            act();
        } catch (KafkaException e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The decision failed; all data is reloaded.");
            fail(e);
        } finally {
            if (owned.nextTimer().isBefore(sleepsUntil)) {
                sleepsUntil = Instant.MIN;
                LockSupport.unpark(thread);
            }
            meters.end();
            turn.unlock();
        }
    }

    /**
     * Returns when there is a command, a timer is due, or another turn set an earlier timer; may also return without a
     * reason.
     */
    private void await() {
        Instant until;
        turn.lock();
        try {
            until = owned.nextTimer();
            sleepsUntil = until;
        } finally {
            turn.unlock();
        }
        if (!mailbox.isEmpty()) {
            return;
        }
        if (until.equals(Instant.MAX)) {
            LockSupport.park(this);
        } else {
            // One millisecond more, because timers must not fire early.
            LockSupport.parkNanos(this, Duration.between(clock.instant(), until).toNanos() + 1_000_000);
        }
    }

    /** The work of a turn that only handles what is waiting already. */
    private static void nothing() {}

    private void act() {
        Instant now = clock.instant();
        for (OwnedShard<S> shard : owned.all()) {
            if (shard.isDue(now)) {
                act(shard, now);
            }
            long began = System.nanoTime();
            if (shard.commitIfDue(now)) {
                meters.committed(System.nanoTime() - began);
            }
        }
    }

    private void act(OwnedShard<S> shard, Instant now) {
        Outbox outbox = new Outbox(config.partitions(), config.service(), forms);
        try {
            shard.act(outbox, now);
            if (shard.hasNews(outbox)) {
                long began = System.nanoTime();
                Writer writer = shard.writer();
                (writer == null ? plainWriter() : writer).write(outbox, shard.consumed(), group, now);
                meters.wrote(outbox.records(), System.nanoTime() - began);
                shard.written();
            }
        } catch (RuntimeException e) {
            outbox.failed(e);
            throw e;
        }
    }

    private Writer plainWriter() {
        Writer.UnfencedWriter writer = plain;
        if (writer == null) {
            writer = new Writer.UnfencedWriter(config, this::command, this::fail);
            plain = writer;
        }
        return writer;
    }

    private void fail(Throwable cause) {
        if (failing) {
            return;
        }
        failing = true;
        meters.failed();
        LOG.warnf("Decisions could not be written; all data is reloaded: %s", cause.toString());
        owned.dropAll(false);
        owned.updateServing();
        restart.run();
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
