package io.vlink.log.reading;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.Vitals;
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
 * The metrics of one reader, and the time when it last heard from Kafka. Written on the reader's thread, read by any.
 * All meters are prepared: a record costs two additions.
 */
public final class ReaderMeters {

    /** Bounds around the time of one hop (under 1 ms) and the time that a person notices (1 s). */
    private static final Duration[] BUCKETS = {
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
     * Registers the metrics of topics.
     *
     * @param reader {@code group}: topics whose partitions are divided among the instances; {@code whole}: topics that
     *     every instance reads
     */
    public ReaderMeters(MeterRegistry registry, String reader, Collection<Topic> read) {
        this.reader = reader;
        for (Topic topic : read) {
            Tags tags = Tags.of("reader", reader, "topic", topic.topicName());
            OfTopic meters = new OfTopic(
                    Counter.builder("vlink.log.records.read")
                            .description("Records read")
                            .tags(tags)
                            .register(registry),
                    Timer.builder("vlink.log.hop")
                            .description("Time from a record's timestamp until the resulting records were written")
                            .tags(tags)
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry),
                    new AtomicLong());
            Gauge.builder("vlink.log.lag", meters.lag(), AtomicLong::get)
                    .description("Records between the read position and the end of the topic")
                    .tags(tags)
                    .register(registry);
            topics.put(topic, meters);
            byName.put(topic.topicName(), meters);
        }
        Gauge.builder("vlink.log.silence", this, ReaderMeters::silentSeconds)
                .description("Time since Kafka was last heard")
                .tags("reader", reader)
                .baseUnit("seconds")
                .register(registry);
    }

    /** Returns the upper bounds of the buckets of all timers of a log. */
    public static Duration[] buckets() {
        return BUCKETS.clone();
    }

    public void read(List<Entry> batch) {
        for (Entry entry : batch) {
            OfTopic meters = topics.get(entry.topic());
            if (meters != null) {
                meters.read().increment();
            }
        }
    }

    /** Records that the results of these records were written. Must not be called for records read during loading. */
    public void handled(List<Entry> batch) {
        long now = System.currentTimeMillis();
        for (Entry entry : batch) {
            OfTopic meters = topics.get(entry.topic());
            if (meters != null) {
                meters.hop().record(Math.max(0, now - entry.timestamp().toEpochMilli()), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Reads the metrics of a new consumer. Must be called for each consumer created. */
    public void listenTo(Consumer<?, ?> consumer) {
        bytesHeard = null;
        for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
            MetricName name = metric.getKey();
            if (name.group().equals("consumer-metrics") && name.name().equals("incoming-byte-total")) {
                bytesHeard = metric.getValue();
            }
        }
        lastHeard = 0;
    }

    /** Updates the metrics once a second. Must be called after each poll. */
    public void look(Consumer<?, ?> consumer) {
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

    /** Records that Kafka was heard by other means than a consumer. */
    public void heard() {
        heardAt = System.nanoTime();
        heard = true;
    }

    /** Logs the beginning and the end of a silence, once each. */
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

    /** The time since Kafka was last heard; null: never. */
    public @Nullable Duration silence() {
        return heard ? Duration.ofNanos(Math.max(0, System.nanoTime() - heardAt)) : null;
    }

    private double silentSeconds() {
        Duration silence = silence();
        return silence == null ? Double.NaN : silence.toNanos() / 1e9;
    }
}
