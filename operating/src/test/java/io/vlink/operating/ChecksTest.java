package io.vlink.operating;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.log.Vitals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Duration NOW = Duration.ZERO;

    @Test
    void isReadyWhenAllIsLoadedAndKafkaIsHeard() {
        assertThat(ready(vitals(true, List.of(), NOW, NOW))).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(ready(vitals(false, List.of(), NOW, NOW))).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready(vitals(true, List.of(), NOW, null))).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready(vitals(true, List.of(), NOW, Duration.ofSeconds(9))))
                .isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void isNotReadyWhileOneOfTwoIsNot() {
        Vitals good = vitals(true, List.of(), NOW, NOW);
        Vitals loading = vitals(false, List.of(), NOW, NOW);
        assertThat(new ReadyCheck(() -> List.of(good, loading)).call().getStatus())
                .isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void livesThoughKafkaIsAwayAndNothingIsLoaded() {
        HealthCheckResponse answer = new LiveCheck(() -> List.of(vitals(false, List.of(), NOW, null))).call();
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(data(answer)).containsEntry("rules", "works");
    }

    @Test
    void doesNotLiveWithAThreadThatEndedOrIsStuck() {
        HealthCheckResponse ended = new LiveCheck(() -> List.of(vitals(true, List.of("x-reader"), NOW, NOW))).call();
        assertThat(ended.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(data(ended)).containsEntry("rules", "the thread x-reader has ended");
        HealthCheckResponse stuck =
                new LiveCheck(() -> List.of(vitals(true, List.of(), Duration.ofSeconds(61), NOW))).call();
        assertThat(stuck.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(data(stuck)).containsEntry("rules", "has been deciding for 61 s without an end");
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
