package io.vlink.log.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The moments at which services report. */
class BeatsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00:00Z, PT2S, PT2S",
        "2026-11-23T10:00:00.400Z, PT2S, PT1.6S",
        "2026-11-23T10:00:01.999Z, PT2S, PT0.001S",
        "2026-11-23T10:00:01.999999Z, PT2S, PT0.001S",
        "2026-11-23T10:00:00.700Z, PT0.5S, PT0.3S"
    })
    void beatsOfAllServicesFallOnTheSameMoments(Instant now, Duration every, Duration until) {
        assertThat(Beats.untilNext(now, every)).isEqualTo(until);
    }
}
