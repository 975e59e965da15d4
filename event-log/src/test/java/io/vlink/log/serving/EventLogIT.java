package io.vlink.log.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.RecordingShard;
import io.vlink.log.Vitals;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.writing.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event log on a real broker. */
class EventLogIT {

    private static final int PARTITIONS = 4;
    private static final int HOME = Partitions.of("default", PARTITIONS);

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<RecordingShard> shards = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    EventLogIT() {}

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void startBroker() {
        broker = LocalBroker.start(0, directory);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        broker.close();
    }

    @Test
    void loadsTheLogBeforeItServes() {
        // Given
        EventLog<RecordingShard> first = serve("a", true);
        closeNow(first);
        produce(Topic.NODES, HOME, "default/node-a", "1");
        produce(Topic.NODES, HOME, "default/node-b", "2");

        // When
        EventLog<RecordingShard> log = serve("b", true);

        // Then
        assertThat(home().seenBeforeLoaded)
                .containsExactly("vlink.nodes default/node-a=1", "vlink.nodes default/node-b=2");
        assertThat(home().ends).containsEntry(Topic.NODES, 2L);
        assertThat(log.owns(HOME)).isTrue();
        assertThat(shards.stream().filter(s -> !s.closed.get())).hasSize(PARTITIONS);
    }

    @Test
    void twoInstancesOwnTheSamePartitionNumbersInAllTopics() {
        // Given
        EventLog<RecordingShard> first = serve("a", false);

        // When
        EventLog<RecordingShard> second = serve("b", false);

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                assertThat(first.owns(p) ^ second.owns(p)).as("partition %d", p).isTrue();
            }
            assertThat(Stream.of(0, 1, 2, 3).filter(first::owns)).hasSize(2);
        });
        for (int p = 0; p < PARTITIONS; p++) {
            produce(Topic.NODES, p, "k" + p, "n");
            produce(Topic.LINKS, p, "k" + p, "l");
        }
        await().untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                int partition = p;
                assertThat(shards.stream().filter(s -> s.partition == partition && !s.closed.get()))
                        .singleElement()
                        .satisfies(s -> assertThat(s.seen)
                                .contains("vlink.nodes k" + partition + "=n", "vlink.links k" + partition + "=l"));
            }
        });
    }

    /** A service of the next build reads a topic whole that instances of the previous build divide among themselves. */
    @Test
    void ownsTheSamePartitionNumbersBesideABuildThatOwnsMoreTopics() {
        // Given
        EventLog<RecordingShard> first = serve("a", false);

        // When
        EventLog<RecordingShard> second =
                log(config("b", List.of(Topic.REQUESTS, Topic.LINKS), List.of(Topic.NODES), false));
        second.start();

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                assertThat(first.owns(p) ^ second.owns(p)).as("partition %d", p).isTrue();
            }
            assertThat(Stream.of(0, 1, 2, 3).filter(first::owns)).hasSize(2);
        });
        for (int p = 0; p < PARTITIONS; p++) {
            produce(Topic.NODES, p, "k" + p, "n");
            produce(Topic.LINKS, p, "k" + p, "l");
        }
        await().untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                String nodes = "vlink.nodes k" + p + "=n";
                int partition = p;
                assertThat(shards.stream().filter(s -> s.partition == partition && !s.closed.get()))
                        .singleElement()
                        .satisfies(s -> assertThat(s.seen).contains("vlink.links k" + partition + "=l"))
                        .satisfies(s -> assertThat(s.seen.contains(nodes)).isEqualTo(first.owns(partition)));
            }
        });
    }

    @Test
    void readsItsOutputsAtTakeoverAndNotAfterwards() {
        // Given
        closeNow(serve("maker of topics", true));
        produce(Topic.LINKS, HOME, "default/before", "1");
        EventLog<RecordingShard> first = serve("a", true);
        assertThat(home().seenBeforeLoaded).containsExactly("vlink.links default/before=1");

        // When
        produce(Topic.LINKS, HOME, "default/after", "2");
        produce(Topic.NODES, HOME, "default/node", "3");

        // Then
        await().untilAsserted(() -> assertThat(home().seen).contains("vlink.nodes default/node=3"));
        assertThat(home().seen).doesNotContain("vlink.links default/after=2");

        // When: the group is rebalanced, so the new owner of the partition takes over
        EventLog<RecordingShard> second = serve("b", true);

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(first.owns(HOME) ^ second.owns(HOME)).isTrue();
            assertThat(home().seenBeforeLoaded).contains("vlink.links default/after=2");
        });
    }

    @Test
    void readsItsOutputsBackWhereALateWriterMayAppearInThem() {
        // Given
        serve("a", false);
        produce(Topic.LINKS, HOME, "default/link", "1");
        await().untilAsserted(() -> assertThat(home().seen).contains("vlink.links default/link=1"));

        // When
        produce(Topic.LINKS, HOME, "default/link", "2");
        produce(Topic.LINKS, HOME, "default/link", "3");

        // Then
        await().untilAsserted(() -> assertThat(home().seen)
                .containsSubsequence("vlink.links default/link=2", "vlink.links default/link=3"));
    }

    @Test
    void notifiesTheCallerOnceKafkaHasTheWrite() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve("a", true);
        CompletableFuture<String> written = new CompletableFuture<>();

        // When
        log.submit(
                HOME,
                shard -> shard.pending.add(out -> {
                    out.put(Topic.PATHS, "default", "default/default/v", "decided");
                    out.onWritten(() -> written.complete("written"));
                }),
                () -> written.complete("absent"));

        // Then
        assertThat(written.get(5, TimeUnit.SECONDS)).isEqualTo("written");
        assertThat(valuesOf(Topic.PATHS, HOME, "read_uncommitted")).containsExactly("\"decided\"");
        // Strict readers wait for the commit of the transaction, even if nothing else happens.
        await().untilAsserted(() -> assertThat(valuesOf(Topic.PATHS, HOME)).containsExactly("\"decided\""));
    }

    @Test
    void callsTheAlternativeIfItDoesNotOwnThePartition() throws Exception {
        // Given
        EventLog<RecordingShard> log = log("a", true);
        CompletableFuture<String> result = new CompletableFuture<>();
        log.start();

        // When
        log.submit(PARTITIONS + 1, shard -> result.complete("present"), () -> result.complete("absent"));

        // Then
        assertThat(result.get(5, TimeUnit.SECONDS)).isEqualTo("absent");
    }

    @Test
    void fencesOffAnOwnerThatWakesUpLate() {
        // Given: an owner that was paused just before a write
        EventLog<RecordingShard> setup = serve("setup", true);
        closeNow(setup);
        Writer.Fenced paused = new Writer.Fenced(config("paused", true), HOME);
        open.add(() -> paused.close(false));

        // When: another took over
        serve("b", true);
        Outbox late = new Outbox(PARTITIONS, "test-log");
        late.put(Topic.PATHS, "default", "default/default/v", "late");

        // Then
        assertThatThrownBy(() -> paused.write(late, Map.of(), null, Instant.now()))
                .isInstanceOf(KafkaException.class);
        assertThat(valuesOf(Topic.PATHS, HOME, "read_uncommitted")).isEmpty();
    }

    @Test
    void fencesOffAnOwnerDuringItsTransaction() {
        // Given
        EventLog<RecordingShard> setup = serve("setup", true);
        closeNow(setup);
        Writer.Fenced paused = new Writer.Fenced(config("paused", true), HOME);
        open.add(() -> paused.close(false));
        paused.write(links("default/link", "before"), Map.of(), null, Instant.now());

        // When: another took over
        serve("b", true);

        // Then
        Outbox late = links("default/link", "late");
        assertThatThrownBy(() -> paused.write(late, Map.of(), null, Instant.now()))
                .isInstanceOf(KafkaException.class);
        assertThatThrownBy(paused::commit).isInstanceOf(KafkaException.class);
        assertThat(valuesOf(Topic.LINKS, HOME, "read_uncommitted")).doesNotContain("\"late\"");
    }

    @Test
    void theNextOwnerCommitsWhatAnOwnerLeftUncommitted() {
        // Given: an owner that ends during its second transaction, which includes a tombstone
        EventLog<RecordingShard> setup = serve("setup", true);
        closeNow(setup);
        Writer.Fenced ended = new Writer.Fenced(config("ended", true), HOME);
        open.add(() -> ended.close(false));
        ended.write(links("default/kept", "1"), Map.of(), null, Instant.now());
        ended.write(links("default/gone", "2"), Map.of(), null, Instant.now());
        ended.commit();
        ended.write(links("default/kept", "3"), Map.of(), null, Instant.now());
        Outbox taken = new Outbox(PARTITIONS, "test-log");
        taken.tombstone(Topic.LINKS, "default", "default/gone");
        ended.write(taken, Map.of(), null, Instant.now());
        assertThat(valuesOf(Topic.LINKS, HOME, "read_uncommitted")).containsExactly("\"1\"", "\"2\"", "\"3\"", null);

        // When
        EventLog<RecordingShard> next = serve("b", true);

        // Then: the next owner saw what all readers saw, and strict readers see it too
        assertThat(home().seenBeforeLoaded).endsWith("vlink.links default/kept=\"3\"", "vlink.links default/gone=-");
        await().untilAsserted(
                        () -> assertThat(valuesOf(Topic.LINKS, HOME)).containsExactly("\"1\"", "\"2\"", "\"3\"", null));

        // When: it ends in order, and leaves nothing to the owner after it
        closeNow(next);
        serve("c", true);

        // Then
        assertThat(valuesOf(Topic.LINKS, HOME)).containsExactly("\"1\"", "\"2\"", "\"3\"", null);
    }

    private static Outbox links(String key, String value) {
        Outbox outbox = new Outbox(PARTITIONS, "test-log");
        outbox.put(Topic.LINKS, "default", key, value);
        return outbox;
    }

    @Test
    void answersEachRequestOnceAcrossARestart() {
        // Given
        EventLog<RecordingShard> first = serve("a", true);
        produce(Topic.REQUESTS, HOME, "one", "x");
        await().untilAsserted(() -> assertThat(valuesOf(Topic.ANSWERS, HOME)).hasSize(1));
        closeNow(first);
        produce(Topic.REQUESTS, HOME, "two", "y");

        // When
        serve("a", true);

        // Then
        await().untilAsserted(() -> assertThat(valuesOf(Topic.ANSWERS, HOME)).hasSize(2));
        assertThat(home().seen).containsExactly("vlink.requests two=y");
    }

    @Test
    void showsWholeTopicsToEveryShardInAnyPartition() {
        // Given
        EventLog<RecordingShard> setup = serve("setup", true);
        closeNow(setup);
        produce(Topic.PORTS, 3, "p/1", "up");

        // When
        serve("a", true);

        // Then
        assertThat(shards.stream().filter(s -> !s.closed.get()))
                .hasSize(PARTITIONS)
                .allSatisfy(s -> assertThat(s.seenBeforeLoaded).contains("vlink.ports p/1=up"));
    }

    @Test
    void reloadsAfterAFailedDecision() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve("a", true);
        produce(Topic.NODES, HOME, "default/node-a", "1");
        CompletableFuture<Throwable> failure = new CompletableFuture<>();

        // When
        log.submit(
                HOME,
                shard -> shard.pending.add(out -> {
                    out.onFailed(failure::complete);
                    throw new IllegalStateException("a core that breaks");
                }),
                () -> {});

        // Then
        assertThat(failure.get(5, TimeUnit.SECONDS)).hasMessage("a core that breaks");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(home().seenBeforeLoaded)
                .containsExactly("vlink.nodes default/node-a=1"));
        assertThat(meters.get("vlink.log.failures").counter().count()).isEqualTo(1);
    }

    @Test
    void continuesWhenTheBrokerComesBack() {
        // Given
        int port = Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
        EventLog<RecordingShard> log = serve("a", true);

        // When
        broker.close();
        broker = LocalBroker.start(port, directory);

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            CompletableFuture<Boolean> written = new CompletableFuture<>();
            log.submit(
                    HOME,
                    shard -> shard.pending.add(out -> {
                        out.put(Topic.PATHS, "default", "k", "after");
                        out.onWritten(() -> written.complete(true));
                        out.onFailed(e -> written.complete(false));
                    }),
                    () -> written.complete(false));
            assertThat(written.get(12, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void countsReadsDecisionsAndWrites() {
        // Given
        EventLog<RecordingShard> log = serve("a", true);
        produce(Topic.NODES, HOME, "default/node-a", "1");

        // When
        produce(Topic.REQUESTS, HOME, "r", "asked");

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(written(Topic.ANSWERS)).isEqualTo(1));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(meters.get("vlink.log.hop")
                        .tags("reader", "group", "topic", "vlink.requests")
                        .timer()
                        .count())
                .isEqualTo(1));
        assertThat(meters.get("vlink.log.records.read")
                        .tags("reader", "group", "topic", "vlink.nodes")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("vlink.log.write").timer().count()).isPositive();
        assertThat(meters.get("vlink.log.turn").timer().count()).isPositive();
        assertThat(meters.get("vlink.log.partitions").gauge().value()).isEqualTo(PARTITIONS);
        assertThat(meters.get("vlink.log.failures").counter().count()).isZero();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(meters.get("vlink.log.lag")
                        .tags("reader", "group", "topic", "vlink.requests")
                        .gauge()
                        .value())
                .isZero());
        assertThat(log.isServing()).isTrue();
    }

    private double written(Topic topic) {
        Counter counter = meters.find("vlink.log.records.written")
                .tag("topic", topic.topicName())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void reportsItsVitals() {
        // Given
        EventLog<RecordingShard> log = log("a", true);
        assertThat(log.vitals("test"))
                .isEqualTo(new Vitals("test", false, false, "partitions []", List.of(), Duration.ZERO, null));

        // When
        log.start();

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Vitals vitals = log.vitals("test");
            assertThat(vitals.begun()).isTrue();
            assertThat(vitals.loaded()).isTrue();
            assertThat(vitals.read()).isEqualTo("partitions [0, 1, 2, 3]");
            assertThat(vitals.silence()).isNotNull().isLessThan(Duration.ofSeconds(5));
        });

        // When: a decision does not end
        CountDownLatch end = new CountDownLatch(1);
        log.submit(HOME, shard -> await().atMost(Duration.ofSeconds(30)).until(() -> end.getCount() == 0), () -> {});

        // Then
        await().atMost(Duration.ofSeconds(10))
                .until(() -> log.vitals("test").turn().compareTo(Duration.ofMillis(300)) > 0);
        end.countDown();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> log.vitals("test").turn().isZero());
        assertThat(log.vitals("test").ended()).isEmpty();
    }

    @Test
    void repeatsABatchOfWholeTopicsAfterTheReaderFailed() {
        // Given
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean fails = new AtomicBoolean(true);
        WholeLog whole = new WholeLog(
                config("w", false),
                new WholeLog.WholeLogReader() {
                    @Override
                    public Set<Topic> topics() {
                        return Set.of(Topic.PORTS);
                    }

                    @Override
                    public void on(List<Entry> batch) {
                        if (fails.getAndSet(false)) {
                            throw new IllegalStateException("It was told to fail.");
                        }
                        batch.forEach(entry -> seen.add(String.valueOf(entry.key())));
                    }

                    @Override
                    public void loaded() {
                        // nothing to do
                    }
                },
                meters);
        open.add(whole);
        whole.start();
        await().atMost(Duration.ofSeconds(30)).until(whole::isLoaded);

        // When
        produce(Topic.PORTS, HOME, "failed on", "1");
        await().untilFalse(fails);
        produce(Topic.PORTS, HOME, "the next", "2");

        // Then
        await().untilAsserted(() -> assertThat(seen).containsExactly("failed on", "the next"));
    }

    private EventLog<RecordingShard> serve(String instance, boolean fenced) {
        EventLog<RecordingShard> log = log(instance, fenced);
        log.start();
        await().atMost(Duration.ofSeconds(30)).until(log::isServing);
        return log;
    }

    private EventLog<RecordingShard> log(String instance, boolean fenced) {
        return log(config(instance, fenced));
    }

    private EventLog<RecordingShard> log(LogConfig config) {
        EventLog<RecordingShard> log = new EventLog<>(
                config,
                (partition, epoch) -> {
                    RecordingShard shard = new RecordingShard(config, partition, epoch);
                    shards.add(shard);
                    return shard;
                },
                Clock.systemUTC(),
                meters);
        open.add(log);
        return log;
    }

    private LogConfig config(String instance, boolean fenced) {
        return config(instance, List.of(Topic.REQUESTS, Topic.NODES, Topic.LINKS), List.of(), fenced);
    }

    private LogConfig config(String instance, List<Topic> owned, List<Topic> joined, boolean fenced) {
        return new LogConfig(
                "test-log",
                Optional.empty(),
                broker.bootstrapServers(),
                PARTITIONS,
                owned,
                List.of(Topic.LINKS),
                List.of(Topic.PORTS),
                fenced,
                OnLoss.NOTHING,
                List.of(),
                joined,
                Map.of("client.id", instance));
    }

    private void closeNow(EventLog<RecordingShard> log) {
        log.close();
        open.remove(log);
    }

    private RecordingShard home() {
        return shards.stream()
                .filter(s -> s.partition == HOME && !s.closed.get() && s.loaded.get())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no shard serves partition " + HOME));
    }

    private void produce(Topic topic, int partition, String key, String value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), partition, key, value))
                    .get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<@Nullable String> valuesOf(Topic topic, int partition) {
        return valuesOf(topic, partition, "read_committed");
    }

    private List<@Nullable String> valuesOf(Topic topic, int partition, String isolation) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("isolation.level", isolation);
        List<@Nullable String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition tp = new TopicPartition(topic.topicName(), partition);
            consumer.assign(List.of(tp));
            consumer.seekToBeginning(List.of(tp));
            long end = consumer.endOffsets(List.of(tp)).getOrDefault(tp, 0L);
            while (consumer.position(tp) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
            }
        }
        return values;
    }
}
