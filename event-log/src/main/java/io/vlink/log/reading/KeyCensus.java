package io.vlink.log.reading;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.kafka.KafkaProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Lists the keys in a partition of a topic on request: reads it once, from its beginning to its present end, and no
 * further. For topics that a service writes without reading them back. Joins no group, has its own thread, and survives
 * any outage of Kafka.
 */
public final class KeyCensus implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KeyCensus.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final long LONGEST_END_MS = 5_000;

    private final LogConfig config;
    private final Topic topic;
    private final BlockingQueue<Ask> asked = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean reading;

    private record Ask(int partition, Consumer<Set<String>> answer) {}

    /** Creates a census of a state topic. */
    public KeyCensus(LogConfig config, Topic topic) {
        this.config = config;
        this.topic = topic;
        this.thread =
                Thread.ofPlatform().name(config.service() + "-census").daemon().unstarted(this::run);
    }

    /** Starts answering. Returns immediately. */
    public void start() {
        thread.start();
    }

    /**
     * Asks for the present keys of a partition. Thread-safe; returns immediately.
     *
     * @param answer receives the keys whose last record is not a tombstone, on a thread that it may only use briefly.
     *     If the same partition is requested again before it was read, only the last request is answered
     */
    public void ask(int partition, Consumer<Set<String>> answer) {
        asked.add(new Ask(partition, answer));
    }

    /** Whether it has started the last request, and has not answered yet. */
    boolean isReading() {
        return reading;
    }

    /** Stops it. Open requests are not answered. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LONGEST_END_MS); // returns at once if it was never started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Map<Integer, Ask> open = new LinkedHashMap<>();
        Duration retry = FIRST_RETRY;
        while (true) {
            try {
                take(open);
                reading = true;
                Map<Integer, Set<String>> standing = read(open.keySet());
                open.forEach((partition, ask) -> ask.answer().accept(standing.getOrDefault(partition, Set.of())));
                open.clear();
                reading = false;
                retry = FIRST_RETRY;
            } catch (InterruptedException | InterruptException e) {
                LOG.debug("Reading of keys ends.");
                return;
            } catch (RuntimeException e) {
                LOG.warnf(
                        "Reading of the keys of %s from Kafka at %s failed and will be retried: %s",
                        topic, config.bootstrapServers(), e.getMessage());
                if (!waits(retry)) {
                    return;
                }
                retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
            }
        }
    }

    /** Adds new requests. Returns when there is something to read. */
    private void take(Map<Integer, Ask> open) throws InterruptedException {
        List<Ask> news = new ArrayList<>();
        if (open.isEmpty()) {
            news.add(asked.take());
        }
        asked.drainTo(news);
        news.forEach(ask -> open.put(ask.partition(), ask));
    }

    private Map<Integer, Set<String>> read(Set<Integer> partitions) {
        Map<Integer, Set<String>> standing = new HashMap<>();
        List<TopicPartition> wanted = partitions.stream()
                .map(partition -> new TopicPartition(topic.topicName(), partition))
                .toList();
        try (var consumer = new KafkaConsumer<String, byte[]>(KafkaProperties.wholeConsumer(config))) {
            new OneReading(consumer, PATIENCE)
                    .read(
                            consumer.beginningOffsets(wanted),
                            () -> true,
                            record -> take(
                                    record, standing.computeIfAbsent(record.partition(), first -> new HashSet<>())));
        }
        return standing;
    }

    private static void take(ConsumerRecord<String, byte[]> record, Set<String> standing) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            standing.remove(record.key());
        } else {
            standing.add(record.key());
        }
    }

    private static boolean waits(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
