package io.vlink.log.halting;

import static io.vlink.log.LogsOnABroker.PLENTY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.services.Services;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.LogsOnABroker;
import io.vlink.log.OnLoss;
import io.vlink.log.RecordingShard;
import io.vlink.log.Vitals;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.serving.EventLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs on a real broker whose data changes. */
class LossIT {

    private static final int PARTITIONS = 2;

    @TempDir
    private Path directory;

    private LogsOnABroker logs;
    private Admin admin;

    @SuppressWarnings("NullAway.Init")
    LossIT() {}

    @BeforeEach
    void startBroker() {
        logs = new LogsOnABroker(directory, PARTITIONS);
        admin = Admin.create(logs.client());
    }

    @AfterEach
    void stopAll() throws Exception {
        admin.close(Duration.ZERO);
        logs.close();
    }

    @Test
    void haltsWhenATopicIsRecreatedAndContinuesOnceAGatewayWorksWithIt() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);
        String before = suite();
        log.heard(DataLossCheckTest.gateways(before, null));
        logs.produce(Topic.NODES, 0, "default/node-a", "1");
        logs.produce(Topic.PORTS, 0, "port", "known");
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.ports port=known"));
        int made = logs.shards().size();

        // When
        admin.deleteTopics(List.of(Topic.NODES.topicName(), Topic.PORTS.topicName()))
                .all()
                .get(60, TimeUnit.SECONDS);

        // Then
        await().atMost(PLENTY).until(() -> log.halted() != null);
        assertThat(log.halted()).contains("The topic vlink.nodes is gone since ", "./vlink suite");
        assertThat(log.vitals("log").halted()).isEqualTo(log.halted());
        await().atMost(PLENTY).until(() -> !log.isServing());
        await().atMost(PLENTY).untilAsserted(() -> assertThat(logs.shards())
                .allSatisfy(shard -> assertThat(shard.closed).isTrue()));

        // When: another service creates it again
        TopicSetup.ensure(admin, config(OnLoss.NOTHING).build());

        // Then
        await().atMost(PLENTY).until(() -> String.valueOf(log.halted()).contains("vlink.nodes was recreated"));
        assertThat(logs.shards().stream().skip(made))
                .noneSatisfy(shard -> assertThat(shard.loaded).isTrue());
        String after = see();
        assertThat(after).isNotEqualTo(before);

        // When
        log.heard(DataLossCheckTest.gateways(after, null));

        // Then: no former data is left, not even of the topics that are read whole
        await().atMost(PLENTY).until(log::isServing);
        assertThat(log.halted()).isNull();
        assertThat(suite()).isEqualTo(after);
        assertThat(logs.newest(0).seen).doesNotContain("vlink.nodes default/node-a=1", "vlink.ports port=known");
        logs.produce(Topic.PORTS, 0, "port", "new");
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.ports port=new"));
    }

    @Test
    void doesNotHaltWhileKafkaIsAway() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);
        String before = suite();

        // When
        logs.stopBroker();
        await().atMost(PLENTY).until(() -> {
            Duration silence = log.vitals("log").silence();
            return silence != null && silence.compareTo(Vitals.TOO_SILENT) > 0;
        });
        logs.startBrokerAgain(directory);
        await().atMost(PLENTY).ignoreExceptions().until(() -> see().equals(before));

        // Then
        logs.produce(Topic.NODES, 0, "default/node-b", "2");
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.nodes default/node-b=2"));
        await().atMost(PLENTY).until(() -> suite().equals(before)); // reloaded, if the group removed the member
        assertThat(log.halted()).isNull();
    }

    @Test
    void reloadsARecreatedTopicThatOnlyServicesUse() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve(OnLoss.HALT);
        logs.produce(Topic.PORTS, 0, "port", "known");
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.ports port=known"));

        // When
        admin.deleteTopics(List.of(Topic.PORTS.topicName())).all().get(60, TimeUnit.SECONDS);

        // Then
        await().atMost(PLENTY)
                .until(() -> admin.listTopics().names().get().contains(Topic.PORTS.topicName())
                        && log.isServing()
                        && !logs.newest(0).seen.contains("vlink.ports port=known"));
        logs.produce(Topic.PORTS, 0, "port", "new");
        await().atMost(PLENTY).until(() -> logs.newest(0).seen.contains("vlink.ports port=new"));
        assertThat(log.halted()).isNull();
    }

    @Test
    void aStaticMemberServesAgainAfterKafkaWasEmptied() throws Exception {
        // Given
        EventLog<RecordingShard> log =
                logs.serve(config(OnLoss.RELOAD).instance("static-0").build());
        String before = suite();
        int made = logs.shards().size();

        // When
        logs.stopBroker();
        Path other = Files.createDirectory(directory.resolveSibling(directory.getFileName() + "-emptied"));
        logs.startBrokerAgain(other);

        // Then
        await().atMost(Duration.ofSeconds(60))
                .until(() -> logs.shards().size() > made
                        && logs.newest(0).loaded.get()
                        && !logs.newest(0).closed.get());
        assertThat(log.isServing()).isTrue();
        assertThat(suite()).isNotEqualTo(before);
    }

    @Test
    void aStandaloneLogHaltsLikewiseAndDropsTheFormerData() throws Exception {
        // Given
        AtomicReference<Services> services = new AtomicReference<>(Services.UNKNOWN);
        AtomicBoolean doubted = new AtomicBoolean();
        List<String> seen = new CopyOnWriteArrayList<>();
        WholeLog.WholeLogReader reader = new WholeLog.WholeLogReader() {
            @Override
            public Set<Topic> topics() {
                return Set.of(Topic.NODES);
            }

            @Override
            public void on(List<Entry> batch) {
                batch.forEach(entry -> seen.add(entry.key() + "=" + new String(entry.value(), UTF_8)));
            }

            @Override
            public void loaded() {
                seen.add("loaded");
            }

            @Override
            public void doubted() {
                doubted.set(true);
            }

            @Override
            public void again() {
                seen.clear();
            }
        };
        LogConfig alone =
                logs.config("test-view").whole(Topic.NODES).onLoss(OnLoss.HALT).build();
        WholeLog log = new WholeLog(alone, reader, services::get, Clock.systemUTC(), new SimpleMeterRegistry());
        log.start();
        logs.closing(log);
        await().atMost(PLENTY).until(log::isLoaded);
        logs.produce(Topic.NODES, 0, "default/node-a", "1");
        await().atMost(PLENTY).until(() -> seen.contains("default/node-a=1"));
        String before = see();

        // When
        admin.deleteTopics(List.of(Topic.NODES.topicName())).all().get(60, TimeUnit.SECONDS);

        // Then
        await().atMost(PLENTY).until(() -> doubted.get() && log.halted() != null);
        assertThat(log.halted()).contains("The topic vlink.nodes is gone since ", "./vlink suite");
        assertThat(seen).contains("default/node-a=1");

        // When: another service creates it again, and a gateway works with it
        TopicSetup.ensure(admin, config(OnLoss.NOTHING).build());
        logs.produce(Topic.NODES, 0, "default/node-b", "2");
        assertThat(see()).isNotEqualTo(before);
        services.set(DataLossCheckTest.gateways(see(), null));

        // Then
        await().atMost(PLENTY).until(() -> seen.equals(List.of("default/node-b=2", "loaded")));
        await().atMost(PLENTY).until(log::isLoaded);
        assertThat(log.halted()).isNull();
    }

    private LogConfigBuilder config(OnLoss onLoss) {
        return logs.config("test-log")
                .owned(Topic.NODES, Topic.LINKS)
                .outputs(Topic.LINKS)
                .whole(Topic.PORTS)
                .fenced(true)
                .onLoss(onLoss);
    }

    private EventLog<RecordingShard> serve(OnLoss onLoss) {
        return logs.serve(config(onLoss).build());
    }

    private String suite() {
        return logs.newest(0).suite.get();
    }

    private String see() {
        try (var watch = new TopicWatch(config(OnLoss.RELOAD).build())) {
            return watch.see().suite();
        }
    }
}
