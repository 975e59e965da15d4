package io.vlink.path.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LatencyWindowTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final LatencyWindow window = new LatencyWindow(Duration.ofSeconds(60), Instant.MIN);

    @Test
    void theSmallestCountsForOneWindowAfterItsReplacement() {
        window.add(100, START);
        window.add(300, START.plusSeconds(10));

        assertThat(window.smallest()).isEqualTo(100);
        assertThat(window.nextChange()).isEqualTo(START.plusSeconds(70));
        window.drop(START.plusSeconds(69));
        assertThat(window.smallest()).isEqualTo(100);
        window.drop(START.plusSeconds(70));
        assertThat(window.smallest()).isEqualTo(300);
    }

    @Test
    void theNewestCountsUntilThereIsANewerOne() {
        window.add(100, START);

        window.drop(START.plusSeconds(100_000));

        assertThat(window.smallest()).isEqualTo(100);
        assertThat(window.nextChange()).isNull();
    }

    @Test
    void aSmallerOneCountsAtOnce() {
        window.add(300, START);
        window.add(100, START.plusSeconds(1));

        assertThat(window.smallest()).isEqualTo(100);
        assertThat(window.nextChange()).isNull();
    }

    @Test
    void noiseIsIgnored() {
        window.add(100, START);
        for (int i = 1; i <= 50; i++) {
            window.add(i % 2 == 0 ? 100 : 900, START.plusSeconds(i));
            assertThat(window.smallest()).isEqualTo(100);
        }
    }

    @Test
    void laterMeasurementsCountWhenEarlierOnesExpire() {
        window.add(100, START);
        window.add(200, START.plusSeconds(10));
        window.add(300, START.plusSeconds(20));

        window.drop(START.plusSeconds(70));
        assertThat(window.smallest()).isEqualTo(200);
        window.drop(START.plusSeconds(80));
        assertThat(window.smallest()).isEqualTo(300);
    }
}
