package io.vlink.log.roll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.services.Absence;
import io.vlink.events.services.ServiceInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which services are missing, depending on what is heard and in which order. No clock runs here. */
class RollTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final String US = "network-api";
    private static final String PATH = "path-service";
    private static final String FLOW = "flow-service";

    private final Roll roll = new Roll(US, 2, Duration.ofSeconds(2), Duration.ofSeconds(6));
    private int second;

    @Test
    void missesAServiceThatFellSilentSixSecondsAgo() {
        // Given
        run(10, PATH, FLOW);
        Instant last = now();

        // When
        run(6, FLOW);

        // Then
        assertThat(said(PATH)).isEqualTo("path-service is away since " + last);
        assertThat(said(FLOW)).isNull();
    }

    @Test
    void toleratesALateBeat() {
        run(10, PATH, FLOW);
        run(4, FLOW);

        assertThat(said(PATH)).isNull();
    }

    @Test
    void noticesAReturnByTheFirstBeat() {
        // Given
        run(10, PATH);
        run(10);
        assertThat(said(PATH)).isNotNull();

        // When
        boolean news = beat(PATH, "one", 0, 1);

        // Then
        assertThat(news).isTrue();
        assertThat(said(PATH)).isNull();
    }

    @Test
    void missesAServiceThatNeverStarted() {
        run(8, PATH);

        assertThat(said(FLOW)).isEqualTo("flow-service was not heard since " + BEGIN);
        assertThat(said("switch-gateway")).isEqualTo("switch-gateway was not heard since " + BEGIN);
        assertThat(roll.services(null).seen()).doesNotContainKey("operator");
    }

    @Test
    void takesTheTimeOfAbsenceFromTheRecord() {
        // Given: a record from an hour ago
        roll.heard(present(PATH, "one", 0, 1), BEGIN.minusSeconds(3600));

        // When
        run(8, FLOW);

        // Then
        assertThat(said(PATH)).isEqualTo("path-service is away since 2026-03-01T09:00:00Z");
    }

    @Test
    void missesNoServiceAfterItsOwnPause() {
        // Given
        run(10, PATH);

        // When: it is stopped for an hour, and the heartbeats of that time are gone
        second += 3600;
        echo();
        run(4, PATH);

        // Then
        assertThat(said(PATH)).isNull();
    }

    @Test
    void stillMissesAfterItsPauseAServiceThatWasMissingBefore() {
        run(10, PATH);
        run(8);
        assertThat(said(PATH)).isNotNull();

        second += 3600;
        echo();

        assertThat(said(PATH)).isNotNull();
    }

    @Test
    void missesAServiceThatDiedDuringItsPause() {
        run(10, PATH);
        second += 3600;
        echo();

        run(6);

        assertThat(said(PATH)).isNotNull();
    }

    @Test
    void missesPartitionsThatAreNoLongerServed() {
        // Given: two instances, one partition each
        for (int i = 0; i < 5; i++) {
            tick();
            beat(PATH, "one", 0);
            beat(PATH, "two", 1);
        }
        Instant last = now();

        // When: one of them dies
        for (int i = 0; i < 3; i++) {
            tick();
            beat(PATH, "one", 0);
        }

        // Then
        assertThat(said(PATH)).isNull();
        assertThat(said(PATH, 0)).isNull();
        assertThat(said(PATH, 1)).isEqualTo("path-service does not serve this partition since " + last);

        // And: the other takes over
        beat(PATH, "one", 0, 1);
        assertThat(said(PATH, 1)).isNull();
    }

    @Test
    void missesNothingWhenOneInstanceHandsOverToAnother() {
        // Given
        run(10, PATH);

        // When
        roll.heard(left(PATH, "one"), now());
        tick();
        for (int i = 0; i < 5; i++) {
            beat(PATH, "two", 0, 1);
            tick();
        }

        // Then
        assertThat(said(PATH, 0)).isNull();
        assertThat(said(PATH)).isNull();
    }

    @Test
    void explainsWhyAPresentServiceServesNothing() {
        // Given
        run(10, PATH);
        Instant last = now();

        // When
        for (int i = 0; i < 3; i++) {
            tick();
            roll.heard(
                    new ServiceInstance(
                            PATH, "one", BEGIN, i, ServiceInstance.State.PRESENT, "it was halted", List.of()),
                    now());
        }

        // Then
        assertThat(said(PATH)).isNull();
        assertThat(said(PATH, 1)).isEqualTo("path-service is not ready (it was halted) since " + last);
    }

    @Test
    void findsItsOwnServicesGoneInstances() {
        // Given
        beat(US, "us", 0);
        beat(US, "old", 1);

        // When
        for (int i = 0; i < 5; i++) {
            tick();
            beat(US, "us", 0, 1);
        }

        // Then
        assertThat(roll.expired(US + "/us")).containsExactly(US + "/old");
        assertThat(roll.dropped(US + "/old")).isTrue();
        assertThat(roll.expired(US + "/us")).isEmpty();
    }

    /** Lets this many seconds pass, in which these services and this instance report. */
    private void run(int seconds, String... speaking) {
        for (int i = 0; i < seconds; i += 2) {
            tick();
            Arrays.stream(speaking).forEach(service -> beat(service, "one", 0, 1));
        }
    }

    private void tick() {
        second += 2;
        echo();
    }

    private void echo() {
        roll.echo(TimeUnit.SECONDS.toNanos(second) + 1, now());
    }

    private boolean beat(String service, String instance, Integer... partitions) {
        return roll.heard(present(service, instance, partitions), now());
    }

    private static ServiceInstance present(String service, String instance, Integer... partitions) {
        return new ServiceInstance(
                service, instance, BEGIN, 1, ServiceInstance.State.PRESENT, null, List.of(partitions));
    }

    private static ServiceInstance left(String service, String instance) {
        return new ServiceInstance(service, instance, BEGIN, 2, ServiceInstance.State.LEFT, null, List.of());
    }

    private Instant now() {
        return BEGIN.plusSeconds(second - 2L);
    }

    private @Nullable String said(String service) {
        Absence absence = roll.services(null).missing(service);
        return absence == null ? null : absence.words();
    }

    private @Nullable String said(String service, int partition) {
        Absence absence = roll.services(null).missing(service, partition);
        return absence == null ? null : absence.words();
    }
}
