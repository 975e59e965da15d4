package io.vlink.log.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Telemetry without Kafka; see {@code TelemetryIT} for more. */
class TelemetryTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "none.invalid:1"})
    void neitherWaitsNorFailsWithoutKafka(String bootstrapServers) {
        // Given
        List<String> written = new ArrayList<>();
        Telemetry telemetry = new Telemetry(config(bootstrapServers));
        var record = new ProducerRecord<String, byte[]>(Topic.COUNTERS.topicName(), 1, "key", new byte[] {1});

        // When
        long began = System.nanoTime();
        telemetry.send(List.of());
        telemetry.send(Collections.nCopies(2, record), () -> written.add("some"));
        telemetry.send(Collections.nCopies(Telemetry.WAITING, record), () -> written.add("too many"));
        telemetry.close();
        telemetry.send(List.of(record), () -> written.add("late"));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(written).isEmpty();
    }

    private static LogConfig config(String bootstrapServers) {
        return LogConfigBuilder.of("test", bootstrapServers, 4).build();
    }
}
