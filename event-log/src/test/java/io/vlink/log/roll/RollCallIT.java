package io.vlink.log.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.events.services.Absence;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.RecordingShard;
import io.vlink.log.serving.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that hear each other over a real broker, or do not. */
class RollCallIT {

    private static final Duration BEAT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofMillis(1200);
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final String PATH = Services.PATH_SERVICE;
    private static final String FLOW = Services.FLOW_SERVICE;

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @SuppressWarnings("NullAway.Init")
    RollCallIT() {}

    private record Running(EventLog<RecordingShard> log, RollCall roll) {
        @Nullable Absence missing(String service) {
            return roll.services().missing(service, 0);
        }

        boolean hears(String service) {
            Services.ServicePresence seen = roll.services().seen().get(service);
            return seen != null
                    && seen.trouble() == null
                    && seen.instances().stream().anyMatch(Services.InstancePresence::isPresent)
                    && roll.services().deaf() == null;
        }
    }

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
    void missesAStuckServiceUntilItContinues() throws Exception {
        // Given
        Running path = start(PATH, "path-0");
        Running flow = start(FLOW, "flow-0");
        await().atMost(PLENTY).until(() -> flow.hears(PATH) && path.hears(FLOW));
        assertThat(flow.missing(PATH)).isNull();
        await().atMost(PLENTY)
                .until(() -> missing(flow, "switch-gateway").startsWith("switch-gateway was not heard since "));

        // When: one is in a turn that does not end
        CountDownLatch end = new CountDownLatch(1);
        path.log().submit(0, shard -> awaitQuietly(end), () -> {});

        // Then: the other reports it, and the stuck one blames itself
        await().atMost(Duration.ofSeconds(60)).until(() -> flow.missing(PATH) != null);
        assertThat(missing(flow, PATH)).contains("path-service is away since ");
        assertThat(flow.roll().services().deaf()).isNull();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(path.roll().services().deaf())
                        .extracting(Absence::whoAndHow)
                        .isEqualTo("this instance of path-service makes no decisions"));

        // And: when it continues, all is as before
        end.countDown();
        await().atMost(Duration.ofSeconds(60)).until(() -> flow.missing(PATH) == null && path.hears(FLOW));
        assertThat(meters.get("vlink.services.present")
                        .tag("service", PATH)
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void seesAnOrderlyLeaveAndTheReplacement() throws Exception {
        // Given
        Running first = start(PATH, "path-0");
        Running flow = start(FLOW, "flow-0");
        await().atMost(PLENTY).until(() -> flow.hears(PATH));

        // When
        first.log().close();
        first.roll().close();

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> said(flow, PATH) == ServiceInstance.State.LEFT);
        await().atMost(Duration.ofSeconds(60)).until(() -> flow.missing(PATH) != null);

        // And: when another instance takes its place, the first one's record is removed
        start(PATH, "path-1");
        await().atMost(PLENTY).until(() -> flow.missing(PATH) == null);
        await().atMost(PLENTY)
                .untilAsserted(() -> assertThat(flow.roll().services().seen().get(PATH))
                        .extracting(seen -> seen.instances().size())
                        .isEqualTo(1));
    }

    @Test
    void blamesOnlyKafkaIfKafkaIsGone() throws Exception {
        // Given
        start(PATH, "path-0");
        Running flow = start(FLOW, "flow-0");
        await().atMost(PLENTY).until(() -> flow.hears(PATH));

        // When
        int port = Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
        broker.close();

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> missing(flow, PATH).startsWith("Kafka is silent since "));
        assertThat(flow.roll().services().seen().get(PATH))
                .extracting(Services.ServicePresence::absence)
                .isNull();

        // And: Kafka is back
        broker = LocalBroker.start(port, directory);
        await().atMost(PLENTY).until(() -> flow.hears(PATH));
        assertThat(meters.get("vlink.services.present")
                        .tag("service", PATH)
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    private static ServiceInstance.@Nullable State said(Running running, String service) {
        Services.ServicePresence seen = running.roll().services().seen().get(service);
        return seen == null ? null : seen.instances().getFirst().said().state();
    }

    private static String missing(Running running, String service) {
        Absence absence = running.missing(service);
        return absence == null ? "" : absence.words();
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            assertThat(end.await(PLENTY.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Running start(String service, String instance) {
        LogConfig config = LogConfigBuilder.of(service, broker.bootstrapServers(), 2)
                .instance(instance)
                .owned(Topic.NODES)
                .build();
        EventLog<RecordingShard> log = new EventLog<>(
                config, (partition, epoch) -> new RecordingShard(config, partition, epoch), Clock.systemUTC(), meters);
        RollCall roll = new RollCall(
                config, BEAT, PATIENCE, Attendance.of(log, () -> List.of(log.vitals("decisions"))), meters);
        open.add(log);
        open.add(roll);
        log.start();
        roll.start();
        await().atMost(PLENTY).until(log::isServing);
        return new Running(log, roll);
    }
}
