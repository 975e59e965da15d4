package io.vlink.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.services.Services;
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
 * served, and the topics read whole, which every shard sees too.
 *
 * <pre>
 *   group consumer (own thread) ──────────────┐
 *   whole topics (own thread) ────────────────┼─► a turn: Shard.on … Shard.act ─► one write per shard
 *   submit(…) from anywhere ─► mailbox, timers┘
 * </pre>
 *
 * <p>One turn at a time. Whatever waits when it begins is taken in together and written together. Any failure to write throws all
 * shards away, and the log is read again: the state in Kafka is the only one that counts.
 *
 * @param <S> the service's shard
 */
public final class EventLog<S extends Shard> implements AutoCloseable {

    /** Makes the shard of a partition number that this instance has come to own. */
    @FunctionalInterface
    public interface Shards<S extends Shard> {
        /**
         * Makes an empty shard. One that takes in anything but what the log reads is refused: nothing is decided then, and the log
         * says so.
         *
         * @param epoch the group's generation: grows from one owner to the next while the group lives
         */
        S create(int partition, long epoch);
    }

    private final LogConfig config;
    private final Decider<S> decider;
    private final GroupReader reader;
    private final WholeLog whole;
    private final Footing footing;
    private final List<WholeLog> inStep = new CopyOnWriteArrayList<>();
    private volatile Services services = Services.UNKNOWN;

    public EventLog(LogConfig config, Shards<S> shards, Clock clock, MeterRegistry registry) {
        this.config = config;
        this.decider = new Decider<>(config, shards, clock, this::restart, registry);
        this.footing = new Footing(config, () -> services, clock);
        this.reader = new GroupReader(config, decider, footing, this::moved, registry);
        this.whole = new WholeLog(config, decider.wholeReader(), registry);
        this.whole.tell(footing.schemas());
        footing.schemas().onDue(reader::look);
    }

    /** Begins to read; returns at once, also where Kafka is not there yet. */
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

    /** Who is there now, and what they say. Needed where the log halts ({@link OnLoss#HALT}), in order to go on. */
    public void heard(Services now) {
        services = now;
    }

    /**
     * Has another log read again, or not at all, whenever this one does so because Kafka's data is another, or holds what this
     * build cannot read; also where only the other log meets that. Before the start.
     */
    public void keepInStep(WholeLog other) {
        other.tell(footing.schemas());
        inStep.add(other);
    }

    /** Why nothing is decided though all could be read: Kafka's data is not what it was. For people; absent: all is well. */
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

    /** Whether this instance owns the partition number and has loaded it. For hints only: it may change at any time. */
    public boolean owns(int partition) {
        return decider.serves(partition);
    }

    /** How it fares now. */
    public Vitals vitals(String name) {
        List<String> ended = new ArrayList<>();
        if (reader.hasEnded()) {
            ended.add(reader.threadName());
        }
        if (decider.hasEnded()) {
            ended.add(decider.threadName());
        }
        boolean readsWhole = !config.whole().isEmpty();
        if (readsWhole && whole.hasEnded()) {
            ended.add(whole.threadName());
        }
        return new Vitals(
                name,
                reader.hasBegun() && (!readsWhole || whole.hasBegun()),
                decider.isServing(),
                "partitions " + new TreeSet<>(decider.servedPartitions()),
                ended,
                decider.turn(),
                readsWhole ? longer(reader.silence(), whole.silence()) : reader.silence(),
                footing.halted());
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        return one == null || other == null ? null : one.compareTo(other) > 0 ? one : other;
    }

    /** The partition numbers that this instance owns and has loaded. For hints only: they may change at any time. */
    public Set<Integer> served() {
        return decider.servedPartitions();
    }

    /** As which member of the service's group this instance reads, by Kafka's member id; absent while it is in none. */
    @Nullable String member() {
        return reader.memberId();
    }

    /** Has {@code proven} called in a turn of its own: it is called only as long as this log decides. */
    public void prove(Runnable proven) {
        decider.prove(proven);
    }

    /** Has {@code listener} called after each change of {@link #served}, in the turn that brought it about. */
    public void onServing(Runnable listener) {
        decider.onServing(listener);
    }

    public int partitions() {
        return config.partitions();
    }

    /** In which forms this log writes now; to be asked before each record that is written beside it. */
    public Forms forms() {
        return decider.forms();
    }

    /**
     * Has the log call, in a turn of its own, {@code command} with the shard of a partition number, followed by {@link Shard#act};
     * or {@code absent}, where this instance does not own or has not loaded it.
     */
    public void submit(int partition, Consumer<S> command, Runnable absent) {
        decider.submit(partition, command, absent);
    }

    /** Has the log call, in a turn of its own, {@code command} with every shard that is loaded, followed by {@link Shard#act}. */
    public void submitToAll(Consumer<S> command) {
        decider.submitToAll(command);
    }

    /** Stops reading and deciding; what was put out already is still written. */
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
