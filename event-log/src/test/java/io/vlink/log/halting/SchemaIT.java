package io.vlink.log.halting;

import static io.vlink.log.LogsOnABroker.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.services.Services;
import io.vlink.log.Entry;
import io.vlink.log.Forms;
import io.vlink.log.LogConfig;
import io.vlink.log.LogsOnABroker;
import io.vlink.log.OnLoss;
import io.vlink.log.RecordingShard;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.schema.Schemas;
import io.vlink.log.serving.EventLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.header.Header;
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
    private static final String KEY = "default/ns/n";
    private static final int FUTURE = Topic.PATHS.schema() + 1;

    @TempDir
    private Path directory;

    private LogsOnABroker logs;
    private final List<String> viewed = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    SchemaIT() {}

    @BeforeEach
    void startBroker() throws Exception {
        logs = new LogsOnABroker(directory, PARTITIONS);
        try (Admin admin = Admin.create(logs.client())) {
            TopicSetup.ensure(admin, config(OnLoss.NOTHING));
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        logs.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnLoss.class,
            names = {"HALT", "RELOAD"})
    void haltsOnAnUnreadableRecordAndContinuesOnceItIsReplaced(OnLoss onLoss) throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(onLoss);
        produce(Topic.PATHS, KEY, "of today", null);
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.paths " + KEY + "=of today"));
        int made = logs.shards().size();

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
        await().atMost(PLENTY).untilAsserted(() -> assertThat(logs.shards())
                .allSatisfy(shard -> assertThat(shard.closed).isTrue()));
        await().atMost(PLENTY).until(() -> !log.isServing());
        assertThat(logs.shards())
                .noneSatisfy(shard -> assertThat(shard.seen).contains("vlink.paths " + KEY + "=to come"));

        // And: other records do not change that
        produce(Topic.PATHS, "default/ns/other", "of today", null);
        await().during(Duration.ofSeconds(5))
                .atMost(PLENTY)
                .until(() -> log.halted() != null && logs.shards().size() == made);

        // When
        produce(Topic.PATHS, KEY, "of today again", null);

        // Then
        await().atMost(PLENTY).until(log::isServing);
        assertThat(log.halted()).isNull();
        assertThat(logs.newest(0).seen)
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
        assertThat(logs.shards())
                .filteredOn(shard -> shard.partition == 0)
                .noneSatisfy(shard -> assertThat(shard.loaded).isTrue());

        // When: it is deleted
        produce(Topic.PATHS, KEY, null, null);

        // Then: the replaced record does no harm
        await().atMost(PLENTY).until(log::isServing);
        assertThat(log.halted()).isNull();
        assertThat(logs.newest(0).seen).contains("vlink.paths default/ns/other=of today");
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
                    .until(() -> viewed.contains(seen) || logs.newest(0).seen.contains(seen));
        }
    }

    @Test
    void aStandaloneLogHaltsLikewise() throws Exception {
        // Given
        WholeLog log = new WholeLog(
                logs.config("test-log").whole(Topic.PATHS).onLoss(OnLoss.HALT).build(),
                new Viewer(Topic.PATHS),
                () -> Services.UNKNOWN,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        log.start();
        logs.closing(log);
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
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);

        // When
        produce(Topic.INQUIRIES, KEY, "to come", Topic.INQUIRIES.schema() + 1);
        produce(Topic.NETWORKS, KEY, "of a public topic", FUTURE);
        produce(Topic.PATHS, KEY, "of today", null);

        // Then
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.paths " + KEY + "=of today"));
        await().atMost(PLENTY)
                .until(() -> logs.newest(0).seen.contains("vlink.networks " + KEY + "=of a public topic"));
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.inquiries " + KEY + "=to come"));
        assertThat(log.halted()).isNull();
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

    private LogConfig config(OnLoss onLoss) {
        return logs.config("test-log")
                .owned(Topic.PATHS, Topic.INQUIRIES, Topic.NETWORKS)
                .whole(Topic.RULES)
                .onLoss(onLoss)
                .build();
    }

    private EventLog<RecordingShard> start(OnLoss onLoss) {
        EventLog<RecordingShard> log = logs.log(config(onLoss));
        var view = new WholeLog(
                logs.config("test-log").whole(Topic.RESTING).build(),
                new Viewer(Topic.RESTING),
                new SimpleMeterRegistry());
        log.keepInStep(view);
        view.start();
        log.start();
        logs.closing(view);
        return log;
    }

    private EventLog<RecordingShard> serve(OnLoss onLoss) {
        EventLog<RecordingShard> log = start(onLoss);
        await().atMost(PLENTY).until(log::isServing);
        return log;
    }

    private void produce(Topic topic, String key, @Nullable String value, @Nullable Integer number) {
        Iterable<Header> headers = number == null ? Forms.NEWEST.headers(topic) : Schemas.headers(number);
        logs.produce(topic, 0, key, value, headers);
    }
}
