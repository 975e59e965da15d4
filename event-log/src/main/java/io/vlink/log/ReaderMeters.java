package io.vlink.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vlink.events.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one reader counts, and when it last heard from Kafka. Written on the reader's thread, read by any. Everything is
 * prepared: a record costs two additions.
 */
final class ReaderMeters {

    /** Around what one hop takes (under 1 ms) and what a person notices (a second). */
    static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private static final Logger LOG = Logger.getLogger(ReaderMeters.class);
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private record OfTopic(Counter read, Timer hop, AtomicLong lag) {}

    private final String reader;
    private final Map<Topic, OfTopic> topics = new EnumMap<>(Topic.class);
    private final Map<String, OfTopic> byName = new HashMap<>();
    private @Nullable Metric bytesHeard;
    private double lastHeard;
    private long nextLook = System.nanoTime();
    private volatile boolean heard;
    private volatile long heardAt;
    private boolean saidSilent;

    /**
     * Registers what is counted of some topics.
     *
     * @param reader {@code group}: those whose partitions are shared out; {@code whole}: those that every instance reads
     */
    ReaderMeters(MeterRegistry registry, String reader, Collection<Topic> read) {
        this.reader = reader;
        for (Topic topic : read) {
            Tags tags = Tags.of("reader", reader, "topic", topic.topicName());
            OfTopic meters = new OfTopic(
                    Counter.builder("vlink.log.records.read")
                            .description("Records read")
                            .tags(tags)
                            .register(registry),
                    Timer.builder("vlink.log.hop")
                            .description("From a record's timestamp until what follows from it was put out")
                            .tags(tags)
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry),
                    new AtomicLong());
            Gauge.builder("vlink.log.lag", meters.lag(), AtomicLong::get)
                    .description("Records between what was read and the end of the topic")
                    .tags(tags)
                    .register(registry);
            topics.put(topic, meters);
            byName.put(topic.topicName(), meters);
        }
        Gauge.builder("vlink.log.silence", this, ReaderMeters::silentSeconds)
                .description("Time since Kafka was heard")
                .tags("reader", reader)
                .baseUnit("seconds")
                .register(registry);
    }

    void read(List<Entry> batch) {
        for (Entry entry : batch) {
            OfTopic meters = topics.get(entry.topic());
            if (meters != null) {
                meters.read().increment();
            }
        }
    }

    /** What follows from these records was put out. Not to be called for what was read while loading. */
    void handled(List<Entry> batch) {
        long now = System.currentTimeMillis();
        for (Entry entry : batch) {
            OfTopic meters = topics.get(entry.topic());
            if (meters != null) {
                meters.hop().record(Math.max(0, now - entry.timestamp().toEpochMilli()), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** To be called whenever a consumer was made. */
    void listenTo(Consumer<?, ?> consumer) {
        bytesHeard = null;
        for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
            MetricName name = metric.getKey();
            if (name.group().equals("consumer-metrics") && name.name().equals("incoming-byte-total")) {
                bytesHeard = metric.getValue();
            }
        }
        lastHeard = 0;
    }

    /** To be called after each poll; looks once a second. */
    void look(Consumer<?, ?> consumer) {
        long now = System.nanoTime();
        if (now - nextLook < 0) {
            return;
        }
        nextLook = now + LOOK_EVERY;
        if (bytesHeard != null && bytesHeard.metricValue() instanceof Double bytes && bytes != lastHeard) {
            lastHeard = bytes;
            heardAt = now;
            heard = true;
        }
        sayWhetherSilent();
        lookAtLag(consumer);
    }

    /** Kafka was heard otherwise than by a consumer. */
    void heard() {
        heardAt = System.nanoTime();
        heard = true;
    }

    /** Once when it begins, and once when it is over. */
    private void sayWhetherSilent() {
        Duration silence = silence();
        if (silence == null || saidSilent == (silence.compareTo(Vitals.TOO_SILENT) > 0)) {
            return;
        }
        saidSilent = !saidSilent;
        if (saidSilent) {
            LOG.warnf("Kafka has been silent for %d s. (reader=%s)", silence.toSeconds(), reader);
        } else {
            LOG.infof("Kafka is heard again. (reader=%s)", reader);
        }
    }

    private void lookAtLag(Consumer<?, ?> consumer) {
        Map<OfTopic, Long> lags = new HashMap<>();
        Set<TopicPartition> paused = consumer.paused();
        for (TopicPartition partition : consumer.assignment()) {
            OfTopic meters = byName.get(partition.topic());
            OptionalLong lag = paused.contains(partition) ? OptionalLong.empty() : consumer.currentLag(partition);
            if (meters != null && lag.isPresent()) {
                lags.merge(meters, lag.getAsLong(), Long::sum);
            }
        }
        topics.values().forEach(meters -> meters.lag().set(lags.getOrDefault(meters, 0L)));
    }

    /** Since when Kafka was not heard; null: it never was. */
    @Nullable Duration silence() {
        return heard ? Duration.ofNanos(Math.max(0, System.nanoTime() - heardAt)) : null;
    }

    private double silentSeconds() {
        Duration silence = silence();
        return silence == null ? Double.NaN : silence.toNanos() / 1e9;
    }
}
