package io.vlink.log.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.vlink.events.Topic;
import io.vlink.log.LogsOnABroker;
import io.vlink.log.Partitions;
import io.vlink.log.RecordingShard;
import io.vlink.log.Vitals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics and vitals of the event log on a real broker. */
class EventLogMetersIT {

    private static final int PARTITIONS = 4;
    private static final int HOME = Partitions.of("default", PARTITIONS);

    @TempDir
    private Path directory;

    private LogsOnABroker logs;

    @SuppressWarnings("NullAway.Init")
    EventLogMetersIT() {}

    @BeforeEach
    void startBroker() {
        logs = new LogsOnABroker(directory, PARTITIONS);
    }

    @AfterEach
    void stopAll() throws Exception {
        logs.close();
    }

    @Test
    void countsReadsDecisionsAndWrites() {
        // Given
        EventLog<RecordingShard> log = logs.serve(logs.config("a", true).build());
        logs.produce(Topic.NODES, HOME, "default/node-a", "1");

        // When
        logs.produce(Topic.REQUESTS, HOME, "r", "asked");

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(written(Topic.ANSWERS)).isEqualTo(1));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(logs.meters()
                        .get("vlink.log.hop")
                        .tags("reader", "group", "topic", "vlink.requests")
                        .timer()
                        .count())
                .isEqualTo(1));
        assertThat(logs.meters()
                        .get("vlink.log.records.read")
                        .tags("reader", "group", "topic", "vlink.nodes")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(logs.meters().get("vlink.log.write").timer().count()).isPositive();
        assertThat(logs.meters().get("vlink.log.turn").timer().count()).isPositive();
        assertThat(logs.meters().get("vlink.log.partitions").gauge().value()).isEqualTo(PARTITIONS);
        assertThat(logs.meters().get("vlink.log.failures").counter().count()).isZero();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(logs.meters()
                        .get("vlink.log.lag")
                        .tags("reader", "group", "topic", "vlink.requests")
                        .gauge()
                        .value())
                .isZero());
        assertThat(log.isServing()).isTrue();
    }

    private double written(Topic topic) {
        Counter counter = logs.meters()
                .find("vlink.log.records.written")
                .tag("topic", topic.topicName())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void reportsItsVitals() {
        // Given
        EventLog<RecordingShard> log = logs.log(logs.config("a", true).build());
        assertThat(log.vitals("test"))
                .isEqualTo(new Vitals("test", false, false, "partitions []", List.of(), Duration.ZERO, null));

        // When
        log.start();

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Vitals vitals = log.vitals("test");
            assertThat(vitals.begun()).isTrue();
            assertThat(vitals.loaded()).isTrue();
            assertThat(vitals.read()).isEqualTo("partitions [0, 1, 2, 3]");
            assertThat(vitals.silence()).isNotNull().isLessThan(Duration.ofSeconds(5));
        });

        // When: a decision does not end
        CountDownLatch end = new CountDownLatch(1);
        log.submit(HOME, shard -> await().atMost(Duration.ofSeconds(60)).until(() -> end.getCount() == 0), () -> {});

        // Then
        await().atMost(Duration.ofSeconds(60))
                .until(() -> log.vitals("test").turn().compareTo(Duration.ofMillis(300)) > 0);
        end.countDown();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> log.vitals("test").turn().isZero());
        assertThat(log.vitals("test").ended()).isEmpty();
    }
}
