package io.vlink.log.roll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.services.Absence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blames Kafka or this instance for missing heartbeats. Their interval is 2 s and the patience 10 s in all tests. */
class DeafnessTest {

    private static final Instant START = Instant.parse("2026-03-01T10:15:30Z");

    private final Deafness deafness = new Deafness("flow-service", Duration.ofSeconds(10), 0, START);

    @Test
    void isNotDeafWhileItHearsItself() {
        echo(2);

        assertThat(deafAt(11.9)).isNull();
    }

    @Test
    void reportsKafkaAsNeverHeardIfItNeverHeardItself() {
        heard(9);

        assertThat(deafAt(9.9)).isNull();
        assertThat(deafAt(10)).isEqualTo("Kafka was not heard");
    }

    @ParameterizedTest
    @ValueSource(doubles = {12, 12.1, 13.9, 14, 20, 60})
    void blamesKafkaIfNoOneWasHeardSinceHoweverSoonItJudges(double asked) {
        echo(2);
        heard(3.9);

        assertThat(deafAt(asked)).isEqualTo("Kafka is silent");
    }

    @Test
    void blamesItselfIfOthersContinue() {
        echo(2);
        for (int second = 3; second <= 11; second += 2) {
            heard(second);
        }

        assertThat(deafAt(12)).isEqualTo("this instance of flow-service makes no decisions");
    }

    @Test
    void blamesKafkaOnceTheOthersAreSilentToo() {
        echo(2);
        for (int second = 3; second <= 13; second += 2) {
            heard(second);
        }
        assertThat(deafAt(14)).startsWith("this instance");

        assertThat(deafAt(22.9)).startsWith("this instance");
        assertThat(deafAt(23)).isEqualTo("Kafka is silent");
    }

    @Test
    void blamesKafkaAfterAShortOutageWhenOthersAreHeardFirst() {
        echo(2);
        heard(2.1);

        heard(10);

        assertThat(deafAt(12)).isEqualTo("Kafka is silent");
    }

    @Test
    void doesNotBlameItselfWhenOthersAreHeardFirstAfterAnOutage() {
        // Given
        echo(2);
        heard(3);
        assertThat(deafAt(60)).isEqualTo("Kafka is silent");

        // When
        heard(61);
        heard(63);

        // Then
        assertThat(deafAt(64)).isEqualTo("Kafka is silent");

        // When
        heard(66.1);

        // Then
        assertThat(deafAt(66.1)).startsWith("this instance");

        // When
        echo(67);

        // Then
        assertThat(deafAt(67)).isNull();
    }

    @Test
    void reportsAChangeOnce() {
        echo(2);

        assertThat(deafness.judge(nanos(11))).isFalse();
        assertThat(deafness.judge(nanos(12))).isTrue();
        assertThat(deafness.judge(nanos(13))).isFalse();
        echo(14);
        assertThat(deafness.judge(nanos(14))).isTrue();
        assertThat(deafness.judge(nanos(15))).isFalse();
    }

    @Test
    void reportsSinceWhenItIsDeaf() {
        echo(2);
        deafness.judge(nanos(12));

        assertThat(deafness.found()).extracting(Absence::since).isEqualTo(START.plusSeconds(2));
    }

    private void echo(double second) {
        heard(second);
        deafness.echoed(nanos(second), START.plusNanos(nanos(second)));
    }

    private void heard(double second) {
        deafness.heard(nanos(second));
    }

    private @Nullable String deafAt(double second) {
        deafness.judge(nanos(second));
        Absence deaf = deafness.found();
        return deaf == null ? null : deaf.whoAndHow();
    }

    private static long nanos(double second) {
        return Math.round(second * 1e9);
    }
}
