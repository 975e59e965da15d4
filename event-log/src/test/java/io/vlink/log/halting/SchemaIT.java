package io.vlink.log.halting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.events.services.Services;
import io.vlink.log.Entry;
import io.vlink.log.Forms;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.RecordingShard;
import io.vlink.log.finalising.Finalising;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.schema.Schemas;
import io.vlink.log.serving.EventLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs on a real broker with records of a later build. */
class SchemaIT {

    private static final int PARTITIONS = 2;
    private static final Duration PLENTY = Duration.ofSeconds(30);
    private static final String KEY = "default/ns/n";
    private static final int FUTURE = Topic.PATHS.schema() + 1;

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private KafkaProducer<String, String> producer;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<RecordingShard> shards = new CopyOnWriteArrayList<>();
    private final List<String> viewed = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    SchemaIT() {}

    @BeforeEach
    void startBroker() throws Exception {
        broker = LocalBroker.start(0, directory);
        producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
        try (Admin admin = admin()) {
            TopicSetup.ensure(admin, config(OnLoss.NOTHING, List.of()));
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        producer.close(Duration.ZERO);
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnLoss.class,
            names = {"HALT", "RELOAD"})
    void haltsOnAnUnreadableRecordAndContinuesOnceItIsReplaced(OnLoss onLoss) throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(onLoss);
        produce(Topic.PATHS, KEY, "of today", null);
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.paths " + KEY + "=of today"));
        int made = shards.size();

        // When
        produce(Topic.PATHS, KEY, "to come", FUTURE);

        // Then: it reports the record and its place, what it reads, and what to do
        await().atMost(PLENTY).until(() -> log.halted() != null);
        assertThat(log.halted())
                .startsWith(
                        "The record at offset 1 of vlink.paths, partition 0, has the schema number %d, and this build of Vlink reads "
                                .formatted(FUTURE))
                .contains("Upgrade this service to the build that wrote it")
                .doesNotContain(KEY);
        assertThat(log.vitals("log").halted()).isEqualTo(log.halted());
        await().atMost(PLENTY).untilAsserted(() -> assertThat(shards)
                .allSatisfy(shard -> assertThat(shard.closed).isTrue()));
        await().atMost(PLENTY).until(() -> !log.isServing());
        assertThat(shards).noneSatisfy(shard -> assertThat(shard.seen).contains("vlink.paths " + KEY + "=to come"));

        // And: other records do not change that
        produce(Topic.PATHS, "default/ns/other", "of today", null);
        await().during(Duration.ofSeconds(5)).atMost(PLENTY).until(() -> log.halted() != null && shards.size() == made);

        // When
        produce(Topic.PATHS, KEY, "of today again", null);

        // Then
        await().atMost(PLENTY).until(log::isServing);
        assertThat(log.halted()).isNull();
        assertThat(last().seen)
                .contains("vlink.paths " + KEY + "=of today again", "vlink.paths default/ns/other=of today")
                .doesNotContain("vlink.paths " + KEY + "=to come");
    }

    @Test
    void makesNoDecisionsAtTheStartWithUnreadableRecords() throws Exception {
        // Given: one unreadable record that remains, and one that was replaced
        produce(Topic.PATHS, KEY, "to come", FUTURE);
        produce(Topic.PATHS, "default/ns/other", "to come", FUTURE + 1);
        produce(Topic.PATHS, "default/ns/other", "of today", null);

        // When
        EventLog<RecordingShard> log = start(OnLoss.HALT);

        // Then
        await().atMost(PLENTY).until(() -> log.halted() != null);
        assertThat(log.halted()).contains("offset 0 of vlink.paths", "has the schema number " + FUTURE);
        assertThat(shards).filteredOn(shard -> shard.partition == 0).noneSatisfy(shard -> assertThat(shard.loaded)
                .isTrue());

        // When: it is deleted
        produce(Topic.PATHS, KEY, null, null);

        // Then: the replaced record does no harm
        await().atMost(PLENTY).until(log::isServing);
        assertThat(log.halted()).isNull();
        assertThat(last().seen).contains("vlink.paths default/ns/other=of today");
    }

    @Test
    void haltsLikewiseForWholeTopicsAndForLogsInStep() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);
        await().atMost(PLENTY).until(() -> viewed.contains("loaded"));

        for (Topic topic : List.of(Topic.RULES, Topic.RESTING)) {
            // When
            int future = topic.schema() + 1;
            produce(topic, KEY, "to come", future);

            // Then
            await().atMost(PLENTY).until(() -> log.halted() != null);
            assertThat(log.halted()).contains(" of " + topic + ", partition 0, has the schema number " + future);
            await().atMost(PLENTY).until(() -> !log.isServing());

            // When
            produce(topic, KEY, "of today", null);

            // Then
            await().atMost(PLENTY).until(log::isServing);
            assertThat(log.halted()).isNull();
            String seen = topic + " " + KEY + "=of today";
            await().atMost(PLENTY)
                    .until(() -> viewed.contains(seen) || last().seen.contains(seen));
        }
    }

    @Test
    void aStandaloneLogHaltsLikewise() throws Exception {
        // Given
        WholeLog log = new WholeLog(
                config(OnLoss.HALT, List.of(Topic.PATHS)),
                new Viewer(Topic.PATHS),
                () -> Services.UNKNOWN,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        log.start();
        open.add(log);
        await().atMost(PLENTY).until(log::isLoaded);

        // When
        produce(Topic.PATHS, KEY, "to come", FUTURE);

        // Then
        await().atMost(PLENTY).until(() -> log.halted() != null && viewed.contains("doubted"));
        assertThat(log.halted()).contains("has the schema number " + FUTURE);

        // When
        produce(Topic.PATHS, KEY, "of today", null);

        // Then
        await().atMost(PLENTY).until(() -> viewed.equals(List.of("vlink.paths " + KEY + "=of today", "loaded")));
        assertThat(log.halted()).isNull();
        await().atMost(PLENTY).until(log::isLoaded);
    }

    @Test
    void anUnreadableDryRunDoesNotHaltTheLog() throws Exception {
        EventLog<RecordingShard> log = serve(OnLoss.HALT);

        produce(Topic.INQUIRIES, KEY, "to come", Topic.INQUIRIES.schema() + 1);
        produce(Topic.NETWORKS, KEY, "of a public topic", FUTURE);
        produce(Topic.PATHS, KEY, "of today", null);

        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.paths " + KEY + "=of today"));
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.networks " + KEY + "=of a public topic"));
        await().atMost(PLENTY).until(() -> last().seen.contains("vlink.inquiries " + KEY + "=to come"));
        assertThat(log.halted()).isNull();
    }

    @Test
    void writesANewSuiteInThisBuildsFormAndKeepsEarlierBuildsOut() throws Exception {
        try (Admin admin = admin()) {
            // Earlier builds require equal counts in all topics
            assertThat(sizes(admin).entrySet().stream()
                            .filter(topic -> topic.getValue() > PARTITIONS)
                            .map(Map.Entry::getKey))
                    .as("a topic that the oldest supported build checks, too")
                    .containsExactly("vlink.dead-letters");
            assertThat(TopicSetup.ensure(admin, config(OnLoss.NOTHING, List.of())))
                    .isEqualTo(Topic.generation());
            assertThat(Finalising.finalise(client()))
                    .isEqualTo(new Finalising.FinaliseResult.Already(Topic.generation()));
        }

        EventLog<RecordingShard> log = serve(OnLoss.HALT);

        assertThat(log.forms().headers(Topic.PATHS)).hasSize(1);
    }

    @Test
    void writesAnEarlierBuildsSuiteInItsFormUntilItIsFinalised() throws Exception {
        try (Admin admin = admin()) {
            // Given
            comeFromABuildBefore(admin);
            EventLog<RecordingShard> log = serve(OnLoss.HALT);

            // Then
            assertThat(partitions(admin)).containsExactly(PARTITIONS);
            assertThat(log.forms().headers(Topic.PATHS)).isEmpty();
            assertThat(last().written).hasValue(0);

            // When
            assertThat(Finalising.finalise(client()))
                    .isEqualTo(new Finalising.FinaliseResult.Raised(0, Topic.generation(), List.of()));

            // Then: new starts use the new form, and earlier builds find a wrong count
            await().atMost(PLENTY).until(() -> partitions(admin).contains(PARTITIONS + Topic.generation()));
            assertThat(serve(OnLoss.HALT).forms().headers(Topic.PATHS)).hasSize(1);
            assertThat(Finalising.finalise(client()))
                    .isEqualTo(new Finalising.FinaliseResult.Already(Topic.generation()));
            assertThatThrownBy(() -> TopicSetup.ensure(admin, config(OnLoss.NOTHING, List.of()), 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is finalised for a build that writes generation " + Topic.generation())
                    .hasMessageContaining("this build reads only up to 0");
        }
    }

    /** Recreates all topics with equal partition counts, as before there were generations. */
    private void comeFromABuildBefore(Admin admin) throws Exception {
        admin.deleteTopics(List.of(Topic.DEAD_LETTERS.topicName())).all().get(10, TimeUnit.SECONDS);
        await().atMost(PLENTY).until(() -> !admin.listTopics().names().get().contains(Topic.DEAD_LETTERS.topicName()));
        assertThat(TopicSetup.ensure(admin, config(OnLoss.NOTHING, List.of()))).isZero();
    }

    private Admin admin() {
        return Admin.create(client());
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static Set<Integer> partitions(Admin admin) throws Exception {
        return Set.copyOf(sizes(admin).values());
    }

    private static Map<String, Integer> sizes(Admin admin) throws Exception {
        return admin
                .describeTopics(Stream.of(Topic.values()).map(Topic::topicName).toList())
                .allTopicNames()
                .get(10, TimeUnit.SECONDS)
                .values()
                .stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
    }

    /** Records its input. */
    private final class Viewer implements WholeLog.WholeLogReader {

        private final Topic topic;

        Viewer(Topic topic) {
            this.topic = topic;
        }

        @Override
        public Set<Topic> topics() {
            return Set.of(topic);
        }

        @Override
        public void on(List<Entry> batch) {
            batch.forEach(entry -> viewed.add(entry.topic() + " " + entry.key() + "="
                    + (entry.value() == null ? "-" : new String(entry.value(), StandardCharsets.UTF_8))));
        }

        @Override
        public void loaded() {
            viewed.add("loaded");
        }

        @Override
        public void again() {
            viewed.clear();
        }

        @Override
        public void doubted() {
            viewed.add("doubted");
        }
    }

    private LogConfig config(OnLoss onLoss, List<Topic> whole) {
        boolean alone = !whole.isEmpty();
        return new LogConfig(
                "test-log",
                Optional.empty(),
                broker.bootstrapServers(),
                PARTITIONS,
                alone ? List.of() : List.of(Topic.PATHS, Topic.INQUIRIES, Topic.NETWORKS),
                List.of(),
                alone ? whole : List.of(Topic.RULES),
                false,
                onLoss,
                List.of(),
                Map.of());
    }

    private EventLog<RecordingShard> start(OnLoss onLoss) {
        LogConfig config = config(onLoss, List.of());
        var log = new EventLog<>(
                config,
                (partition, epoch) -> {
                    var shard = new RecordingShard(config, partition, epoch);
                    shards.add(shard);
                    return shard;
                },
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        var view = new WholeLog(
                config(OnLoss.NOTHING, List.of(Topic.RESTING)), new Viewer(Topic.RESTING), new SimpleMeterRegistry());
        log.keepInStep(view);
        view.start();
        log.start();
        open.add(view);
        open.add(log);
        return log;
    }

    private EventLog<RecordingShard> serve(OnLoss onLoss) {
        EventLog<RecordingShard> log = start(onLoss);
        await().atMost(PLENTY).until(log::isServing);
        return log;
    }

    /** The newest shard of partition 0. */
    private RecordingShard last() {
        return shards.reversed().stream()
                .filter(shard -> shard.partition == 0)
                .findFirst()
                .orElseThrow();
    }

    private void produce(Topic topic, String key, @Nullable String value, @Nullable Integer number) throws Exception {
        Iterable<Header> headers = number == null ? Forms.NEWEST.headers(topic) : Schemas.headers(number);
        producer.send(new ProducerRecord<>(topic.topicName(), 0, key, value, headers))
                .get(10, TimeUnit.SECONDS);
    }
}
