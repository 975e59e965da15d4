package io.vlink.log.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.services.Services;
import io.vlink.log.Forms;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Shard;
import io.vlink.log.Vitals;
import io.vlink.log.halting.Footing;
import io.vlink.log.reading.WholeLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of one service: the partitions that this instance owns, each with a {@link Shard} that is loaded and then
 * served, and the topics that are read whole, which every shard also sees.
 *
 * <pre>
 *   group consumer (own thread) ──────────────┐
 *   whole topics (own thread) ────────────────┼─► a turn: Shard.on … Shard.act ─► one write per shard
 *   submit(…) from anywhere ─► mailbox, timers┘
 * </pre>
 *
 * <p>One turn runs at a time. It processes and writes everything that waits when it begins. If a write fails, all
 * shards are discarded and the log is read again: only the state in Kafka counts.
 *
 * @param <S> the service's shard
 */
public final class EventLog<S extends Shard> implements AutoCloseable {

    /** Creates the shard of a partition number that this instance now owns. */
    @FunctionalInterface
    public interface Shards<S extends Shard> {
        /**
         * Creates an empty shard. A shard whose topics differ from those that the log reads is refused: the log reports
         * it and makes no decisions.
         *
         * @param epoch the group's generation: grows from one owner to the next while the group exists
         */
        S create(int partition, long epoch);
    }

    private final LogConfig config;
    private final ShardLoop<S> decider;
    private final GroupReader reader;
    private final WholeLog whole;
    private final Footing footing;
    private final List<WholeLog> inStep = new CopyOnWriteArrayList<>();
    private volatile Services services = Services.UNKNOWN;

    public EventLog(LogConfig config, Shards<S> shards, Clock clock, MeterRegistry registry) {
        this.config = config;
        this.decider = new ShardLoop<>(config, shards, clock, this::restart, registry);
        this.footing = new Footing(config, () -> services, clock);
        this.reader = new GroupReader(config, decider, footing, this::moved, registry);
        this.whole = new WholeLog(config, decider.wholeReader(), registry);
        this.whole.tell(footing.schemas());
        footing.schemas().onDue(reader::look);
    }

    /** Starts reading. Returns immediately, even if Kafka is not available yet. */
    public void start() {
        decider.start();
        if (!config.whole().isEmpty()) {
            inStep.add(whole);
            whole.start();
        } else {
            decider.wholeReader().loaded();
        }
        reader.start();
    }

    /** Takes in the present services and their reports. A halted log ({@link OnLoss#HALT}) needs them to continue. */
    public void heard(Services now) {
        services = now;
    }

    /**
     * Makes another log reread or pause whenever this one does, because Kafka's data changed or contains records that
     * this build cannot read; also where only the other log meets such records. Must be called before the start.
     */
    public void keepInStep(WholeLog other) {
        other.tell(footing.schemas());
        inStep.add(other);
    }

    /**
     * Why no decisions are made although all data could be read: Kafka's data was replaced or is an older copy. For people; null: all
     * is well.
     */
    public @Nullable String halted() {
        return footing.halted();
    }

    private void moved(boolean halted) {
        try {
            for (WholeLog log : inStep) {
                if (halted) {
                    log.pause();
                } else {
                    log.again();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether an assignment was received, and every owned partition and every whole topic was loaded to its end. */
    public boolean isServing() {
        return decider.isServing();
    }

    /** Whether this instance owns the partition number and has loaded it. A hint only: it may change at any time. */
    public boolean owns(int partition) {
        return decider.serves(partition);
    }

    /** The present condition of the log. */
    public Vitals vitals(String name) {
        List<String> ended = new ArrayList<>();
        if (reader.thread().hasEnded()) {
            ended.add(reader.thread().name());
        }
        if (decider.hasEnded()) {
            ended.add(decider.threadName());
        }
        boolean begun = reader.thread().hasBegun();
        Duration silence = reader.silence();
        if (!config.whole().isEmpty()) {
            Vitals ofWhole = whole.vitals(name);
            ended.addAll(ofWhole.ended());
            begun = begun && ofWhole.begun();
            silence = longer(silence, ofWhole.silence());
        }
        return new Vitals(
                name,
                begun,
                decider.isServing(),
                "partitions " + new TreeSet<>(decider.servedPartitions()),
                ended,
                decider.turn(),
                silence,
                footing.halted());
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        return one == null || other == null ? null : one.compareTo(other) > 0 ? one : other;
    }

    /** The partition numbers that this instance owns and has loaded. A hint only: they may change at any time. */
    public Set<Integer> served() {
        return decider.servedPartitions();
    }

    /** This instance's member id in the service's group, as Kafka assigned it; null while it is in none. */
    public @Nullable String member() {
        return reader.memberId();
    }

    /** Calls {@code proven} in a turn of its own, and so only while this log works. */
    public void prove(Runnable proven) {
        decider.prove(proven);
    }

    /** Calls {@code listener} after each change of {@link #served}, in the turn that caused it. */
    public void onServing(Runnable listener) {
        decider.onServing(listener);
    }

    public int partitions() {
        return config.partitions();
    }

    /** The forms in which this log writes now. Must be queried before each record that is written outside the log. */
    public Forms forms() {
        return decider.forms();
    }

    /**
     * Calls {@code command} with the shard of a partition number, in a turn of its own, followed by {@link Shard#act};
     * or {@code absent} if this instance does not own or has not loaded it.
     */
    public void submit(int partition, Consumer<S> command, Runnable absent) {
        decider.submit(partition, command, absent);
    }

    /** Calls {@code command} with every loaded shard, in a turn of its own, followed by {@link Shard#act}. */
    public void submitToAll(Consumer<S> command) {
        decider.submitToAll(command);
    }

    /** Stops reading and deciding. Output that was already produced is still written. */
    @Override
    public void close() {
        reader.close();
        whole.close();
        decider.close();
    }

    private void restart() {
        reader.restart();
    }
}
