package io.vlink.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.log.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Duration NOW = Duration.ZERO;
    private static final String INSTANT = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    @Test
    void isReadyWhenAllIsLoadedAndKafkaIsHeard() {
        assertThat(ready(vitals(true, List.of(), NOW, NOW))).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(ready(vitals(false, List.of(), NOW, NOW))).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready(vitals(true, List.of(), NOW, null))).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready(vitals(true, List.of(), NOW, Duration.ofSeconds(9))))
                .isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void isNotReadyWhileOneOfTwoLogsIsNot() {
        Vitals good = vitals(true, List.of(), NOW, NOW);
        Vitals loading = vitals(false, List.of(), NOW, NOW);
        assertThat(new ReadyCheck(() -> List.of(good, loading)).call().getStatus())
                .isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void reportsWhenItBecameUnreadyAndKeepsThatTime() {
        // Given
        AtomicReference<Vitals> now = new AtomicReference<>(vitals(false, List.of(), NOW, null));
        ReadyCheck check = new ReadyCheck(() -> List.of(now.get()));
        // Then
        assertThat(data(check.call())).hasEntrySatisfying("rules.heard", said -> assertThat(said.toString())
                .matches("Kafka was never heard; waiting since " + INSTANT));
        assertThat(data(check.call())).hasEntrySatisfying("rules.loading", said -> assertThat(said.toString())
                .matches("since " + INSTANT));
        // When
        now.set(vitals(true, List.of(), NOW, NOW));
        // Then
        assertThat(data(check.call()))
                .containsEntry("rules.heard", "Kafka is heard")
                .doesNotContainKey("rules.loading");
        // When
        now.set(vitals(true, List.of(), NOW, Duration.ofSeconds(7)));
        Object first = data(check.call()).get("rules.heard");
        now.set(vitals(true, List.of(), NOW, Duration.ofSeconds(17)));
        // Then
        assertThat(first).asString().matches("Kafka has been silent since " + INSTANT);
        Instant since = Instant.parse(String.valueOf(first).replaceFirst(".* ", ""));
        assertThat(since)
                .isBetween(Instant.now().minusSeconds(10), Instant.now().minusSeconds(6));
        assertThat(data(check.call())).containsEntry("rules.heard", first);
        // When
        now.set(vitals(false, List.of(), NOW, NOW));
        Object reloading = data(check.call()).get("rules.loading");
        // Then
        assertThat(Instant.parse(String.valueOf(reloading).replaceFirst("since ", "")))
                .isAfter(Instant.now().minusSeconds(5));
    }

    @Test
    void isLiveWithoutKafkaAndBeforeLoading() {
        HealthCheckResponse answer = new LiveCheck(() -> List.of(vitals(false, List.of(), NOW, null))).call();
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(data(answer)).containsEntry("rules", "works");
    }

    @Test
    void isNotLiveIfAThreadEndedOrIsStuck() {
        HealthCheckResponse ended = new LiveCheck(() -> List.of(vitals(true, List.of("x-reader"), NOW, NOW))).call();
        assertThat(ended.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(data(ended)).containsEntry("rules", "the thread x-reader has ended");
        HealthCheckResponse stuck =
                new LiveCheck(() -> List.of(vitals(true, List.of(), Duration.ofSeconds(61), NOW))).call();
        assertThat(stuck.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(data(stuck)).containsEntry("rules", "has been in one turn for 61 s");
    }

    @Test
    void hasStartedOnceItReads() {
        Vitals notYet = new Vitals("rules", false, false, "", List.of(), NOW, null);
        assertThat(new StartedCheck(() -> List.of(notYet)).call().getStatus())
                .isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(new StartedCheck(() -> List.of(vitals(false, List.of(), NOW, null)))
                        .call()
                        .getStatus())
                .isEqualTo(HealthCheckResponse.Status.UP);
    }

    private static HealthCheckResponse.Status ready(Vitals vitals) {
        return new ReadyCheck(() -> List.of(vitals)).call().getStatus();
    }

    private static Map<String, Object> data(HealthCheckResponse answer) {
        return answer.getData().orElseThrow();
    }

    private static Vitals vitals(boolean loaded, List<String> ended, Duration turn, @Nullable Duration silence) {
        return new Vitals("rules", true, loaded, "partitions [0]", ended, turn, silence);
    }
}
