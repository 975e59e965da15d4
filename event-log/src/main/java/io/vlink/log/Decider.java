package io.vlink.log;

import io.vlink.events.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log's one deciding thread: takes everything in that waits in its mailbox, then has each shard that was touched act,
 * and writes what it puts out. All fields that are not final belong to that thread, except the volatile ones.
 */
final class Decider<S extends Shard> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Decider.class);
    /** Records that may wait in the mailbox before readers are held back. */
    private static final int MAX_WAITING = 50_000;

    private final LogConfig config;
    private final EventLog.Shards<S> factory;
    private final Clock clock;
    private final Runnable restart;
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final Thread thread;
    private final Map<Integer, OwnedShard<S>> owned = new HashMap<>();
    /** The last record of each key of the whole topics, for shards that come later. */
    private final Map<String, Entry> wholeState = new LinkedHashMap<>();

    private @Nullable ConsumerGroupMetadata group;
    private @Nullable Writer plain;
    private boolean wholeLoaded;
    private boolean joined;
    private boolean failing;
    private volatile boolean running = true;
    private volatile Set<Integer> serving = Set.of();
    private volatile boolean servingAll;

    Decider(LogConfig config, EventLog.Shards<S> factory, Clock clock, Runnable restart) {
        this.config = config;
        this.factory = factory;
        this.clock = clock;
        this.restart = restart;
        this.thread = Thread.ofPlatform().name(config.service() + "-decider").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isServing() {
        return servingAll;
    }

    boolean serves(int partition) {
        return serving.contains(partition);
    }

    void submit(int partition, Consumer<S> command, Runnable absent) {
        mailbox.add(() -> {
            OwnedShard<S> shard = owned.get(partition);
            if (shard == null || !shard.serving()) {
                absent.run();
            } else {
                shard.touch();
                command.accept(shard.shard());
            }
        });
    }

    void submitToAll(Consumer<S> command) {
        mailbox.add(() -> owned.values().stream().filter(OwnedShard::serving).forEach(shard -> {
            shard.touch();
            command.accept(shard.shard());
        }));
    }

    // ---- called by GroupReader, on its thread

    /** Makes and fences the shards of partition numbers; returns when all earlier owners are fenced off. */
    void assigned(Set<Integer> partitions, long epoch) {
        Map<Integer, Writer> writers = config.fenced() ? fence(partitions) : Map.of();
        mailbox.add(() -> {
            joined = true;
            failing = false;
            for (int partition : partitions) {
                OwnedShard<S> shard =
                        new OwnedShard<>(partition, factory.create(partition, epoch), writers.get(partition));
                wholeState.values().forEach(shard::onWhole);
                drop(partition);
                owned.put(partition, shard);
            }
            if (partitions.isEmpty()) {
                updateServing();
            }
        });
    }

    void batch(List<Entry> batch, ConsumerGroupMetadata metadata) {
        int permits = Math.min(batch.size(), MAX_WAITING);
        room.acquireUninterruptibly(permits);
        mailbox.add(() -> {
            room.release(permits);
            group = metadata;
            for (Entry entry : batch) {
                OwnedShard<S> shard = owned.get(entry.partition());
                if (shard != null) {
                    shard.on(entry);
                }
            }
        });
    }

    void loaded(int partition, Map<Topic, Long> ends) {
        mailbox.add(() -> {
            OwnedShard<S> shard = owned.get(partition);
            if (shard != null) {
                shard.readToEnd(ends, wholeLoaded);
                updateServing();
            }
        });
    }

    /** Returns when the shards are gone and nothing more is written for them. */
    void revoked(Set<Integer> partitions) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.add(() -> {
            partitions.forEach(this::drop);
            updateServing();
            done.complete(null);
        });
        try {
            done.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("Giving partitions %s back takes long; their writer will be fenced off instead.", partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void revokedAll() {
        mailbox.add(() -> {
            List.copyOf(owned.keySet()).forEach(this::drop);
            joined = false;
            updateServing();
        });
    }

    // ---- called by WholeLog, on its thread

    WholeLog.Reader wholeReader() {
        return new WholeLog.Reader() {
            @Override
            public void on(List<Entry> batch) {
                int permits = Math.min(batch.size(), MAX_WAITING);
                room.acquireUninterruptibly(permits);
                mailbox.add(() -> {
                    room.release(permits);
                    batch.forEach(Decider.this::onWhole);
                });
            }

            @Override
            public void loaded() {
                mailbox.add(() -> {
                    wholeLoaded = true;
                    owned.values().forEach(OwnedShard::wholeLoaded);
                    updateServing();
                });
            }
        };
    }

    private void onWhole(Entry entry) {
        if (entry.topic().retention() == Topic.Retention.STATE) {
            String key = entry.topic().topicName() + " " + entry.key();
            if (entry.value() == null) {
                wholeState.remove(key);
            } else {
                wholeState.put(key, entry);
            }
        }
        owned.values().forEach(shard -> shard.onWhole(entry));
    }

    // ---- the deciding thread

    private void run() {
        List<Runnable> batch = new ArrayList<>();
        while (running) {
            try {
                Runnable first = await();
                if (first != null) {
                    batch.add(first);
                    mailbox.drainTo(batch);
                }
                for (Runnable item : batch) {
                    item.run();
                }
                act();
            } catch (InterruptedException e) {
                break;
            } catch (KafkaException e) {
                fail(e);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Deciding failed; everything is loaded again.");
                fail(e);
            } finally {
                batch.clear();
            }
        }
        List.copyOf(owned.keySet()).forEach(this::drop);
        if (plain != null) {
            plain.close();
        }
    }

    private @Nullable Runnable await() throws InterruptedException {
        Instant next = null;
        for (OwnedShard<S> shard : owned.values()) {
            Instant wanted = shard.wakeAt();
            if (wanted != null && (next == null || wanted.isBefore(next))) {
                next = wanted;
            }
        }
        if (next == null) {
            return mailbox.take();
        }
        // One millisecond more: timers are not to ring before their time.
        long wait = Duration.between(clock.instant(), next).toMillis() + 1;
        return wait <= 0 ? mailbox.poll() : mailbox.poll(wait, TimeUnit.MILLISECONDS);
    }

    private void act() {
        Instant now = clock.instant();
        for (OwnedShard<S> shard : owned.values()) {
            if (!shard.isDue(now)) {
                continue;
            }
            Outbox outbox = new Outbox(config.partitions(), config.service());
            try {
                shard.act(outbox, now);
                if (shard.hasNews(outbox)) {
                    Writer writer = shard.writer();
                    (writer == null ? plainWriter() : writer).write(outbox, shard.consumed(), group);
                    shard.written();
                }
            } catch (RuntimeException e) {
                outbox.failed(e);
                throw e;
            }
        }
    }

    private Writer plainWriter() {
        if (plain == null) {
            plain = new Writer.Plain(config, mailbox::add, this::fail);
        }
        return plain;
    }

    private void fail(Throwable cause) {
        if (failing) {
            return;
        }
        failing = true;
        LOG.warnf("What was decided could not be written; everything is loaded again: %s", cause.toString());
        List.copyOf(owned.keySet()).forEach(this::drop);
        updateServing();
        restart.run();
    }

    private void drop(int partition) {
        OwnedShard<S> shard = owned.remove(partition);
        if (shard != null) {
            shard.close();
        }
    }

    private void updateServing() {
        serving = Set.copyOf(owned.entrySet().stream()
                .filter(e -> e.getValue().serving())
                .map(Map.Entry::getKey)
                .toList());
        servingAll = joined && wholeLoaded && serving.size() == owned.size();
    }

    private Map<Integer, Writer> fence(Set<Integer> partitions) {
        Map<Integer, Future<Writer>> making = new HashMap<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int partition : partitions) {
                making.put(partition, executor.submit(() -> new Writer.Fenced(config, partition)));
            }
        }
        Map<Integer, Writer> writers = new HashMap<>();
        making.forEach((partition, writer) -> writers.put(partition, ready(writer)));
        return writers;
    }

    private static Writer ready(Future<Writer> writer) {
        return switch (writer.state()) {
            case SUCCESS -> writer.resultNow();
            case FAILED -> throw new KafkaException("A partition cannot be fenced.", writer.exceptionNow());
            case RUNNING, CANCELLED -> throw new KafkaException("A partition was not fenced.");
        };
    }

    @Override
    public void close() {
        running = false;
        mailbox.add(() -> {});
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
