package io.vlink.log.reading;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a service that is not fenced from waking up for each of its own records. Only a late writer's records among
 * them matter, and those may be seen a little later: once all were read, the next are fetched only after
 * {@link #PAUSE}. Confined to the consumer's thread.
 */
public final class ReadBack {

    static final Duration PAUSE = Duration.ofMillis(200);

    private final Consumer<?, ?> consumer;
    private final Set<String> outputs;
    private boolean paused;
    private long resumeAt;

    public ReadBack(Consumer<?, ?> consumer, LogConfig config) {
        this.consumer = consumer;
        this.outputs = config.fenced()
                ? Set.of()
                : config.outputs().stream().map(Topic::topicName).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the timeout of the next poll. Must be called before each poll. */
    public Duration patience(Duration longest) {
        if (!paused) {
            return longest;
        }
        long left = resumeAt - System.nanoTime();
        if (left > 0) {
            return Duration.ofNanos(Math.min(left, longest.toNanos()));
        }
        paused = false;
        consumer.resume(ours(consumer.paused()));
        return longest;
    }

    /** Processes the result of a poll. Must be called after each poll. */
    public void read(List<Entry> batch) {
        if (paused
                || batch.stream()
                        .noneMatch(entry -> outputs.contains(entry.topic().topicName()))) {
            return;
        }
        List<TopicPartition> ours = ours(consumer.assignment());
        if (ours.stream().allMatch(this::isReadToItsEnd)) {
            consumer.pause(ours);
            paused = true;
            resumeAt = System.nanoTime() + PAUSE.toNanos();
        }
    }

    private boolean isReadToItsEnd(TopicPartition partition) {
        return consumer.currentLag(partition).orElse(1) == 0;
    }

    private List<TopicPartition> ours(Set<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> outputs.contains(partition.topic()))
                .toList();
    }
}
