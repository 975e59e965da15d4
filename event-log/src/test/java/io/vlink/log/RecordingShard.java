package io.vlink.log;

import io.vlink.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records its input, and writes what a test provides. */
public final class RecordingShard implements Shard {

    private final LogConfig config;
    public final int partition;
    public final long epoch;
    public final List<String> seen = new CopyOnWriteArrayList<>();
    public final List<String> seenBeforeLoaded = new CopyOnWriteArrayList<>();
    public final Map<Topic, Long> ends = new ConcurrentHashMap<>();
    public final AtomicBoolean loaded = new AtomicBoolean();
    public final AtomicBoolean closed = new AtomicBoolean();
    public final AtomicReference<String> suite = new AtomicReference<>("");
    public final AtomicInteger written = new AtomicInteger(-1);
    public final List<Consumer<Outbox>> pending = new CopyOnWriteArrayList<>();

    public RecordingShard(LogConfig config, int partition, long epoch) {
        this.config = config;
        this.partition = partition;
        this.epoch = epoch;
    }

    /** The topics that the log reads. */
    @Override
    public Set<Topic> topics() {
        return config.read();
    }

    @Override
    public void finalisedFor(int generation) {
        if (!seen.isEmpty() || !written.compareAndSet(-1, generation)) {
            throw new IllegalStateException("The generation must be set once, before any record.");
        }
    }

    @Override
    public void on(Entry entry) {
        byte[] value = entry.value();
        String text = entry.topic() + " " + entry.key() + "="
                + (value == null ? "-" : new String(value, StandardCharsets.UTF_8));
        seen.add(text);
        if (!loaded.get()) {
            seenBeforeLoaded.add(text);
        }
        if (entry.topic() == Topic.REQUESTS && entry.key() != null) {
            String key = entry.key();
            pending.add(out -> out.put(Topic.ANSWERS, "default", key, "answered"));
        }
    }

    @Override
    public void endsAt(Topic topic, long offset) {
        ends.put(topic, offset);
    }

    @Override
    public void suite(String id, int generation) {
        suite.set(id);
        if (written.get() != generation) {
            throw new IllegalStateException("The generation was set to %d before.".formatted(written.get()));
        }
    }

    @Override
    public void loaded() {
        loaded.set(true);
    }

    @Override
    public @Nullable Instant act(Outbox out, Instant now) {
        pending.forEach(action -> action.accept(out));
        pending.clear();
        return null;
    }

    @Override
    public void closed() {
        closed.set(true);
    }
}
