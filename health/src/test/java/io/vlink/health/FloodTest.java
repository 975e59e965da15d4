package io.vlink.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.health.Flood.LeftOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Repeated log records are shown some times, then counted. */
class FloodTest {

    private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";
    private static final int MANY = 27_000;

    private final Flood flood = new Flood();
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");

    private List<String> shown(String logger, Level level, int times, IntFunction<String> text) {
        List<String> shown = new ArrayList<>();
        IntStream.range(0, times).mapToObj(text).forEach(said -> {
            if (flood.passes(logger, level, said, now)) {
                shown.add(said);
            }
        });
        return shown;
    }

    private List<LeftOut> aMinuteLater() {
        now = now.plus(Duration.ofSeconds(61));
        return flood.over(now);
    }

    @Test
    void showsTheFirstRecordsOfAKindAndCountsTheRest() {
        // When
        List<String> shown = shown(CLIENT, Level.WARNING, MANY, i -> "Connection to node " + i + " was lost");
        // Then
        assertThat(shown).hasSize(20).startsWith("Connection to node 0 was lost");
        assertThat(flood.over(now)).isEmpty();
        assertThat(aMinuteLater())
                .containsExactly(new LeftOut(CLIENT, Level.WARNING, MANY - 20, "Connection to node 26999 was lost"));
    }

    @Test
    void onlyCountsAContinuingKindAndShowsItAgainAfterAPause() {
        // Given
        shown(CLIENT, Level.WARNING, 100, i -> "lost");
        aMinuteLater();
        // When: it continues
        assertThat(shown(CLIENT, Level.WARNING, 7, i -> "lost")).isEmpty();
        // Then
        assertThat(aMinuteLater()).extracting(LeftOut::count).containsExactly(7L);
        // When: a minute without it
        assertThat(aMinuteLater()).isEmpty();
        // Then
        assertThat(flood.isEmpty()).isTrue();
        assertThat(shown(CLIENT, Level.WARNING, 1, i -> "lost")).hasSize(1);
    }

    @Test
    void doesNotAffectOtherKindsLevelsOrLoggers() {
        // Given
        shown(
                CLIENT,
                Level.WARNING,
                100,
                i -> "Connection closed: address=10.0.0.1:" + i + " datapathId=000000000000000a");

        // Then
        assertThat(shown(CLIENT, Level.WARNING, 1, i -> "Fenced.")).hasSize(1);
        assertThat(shown(
                        CLIENT,
                        Level.SEVERE,
                        1,
                        i -> "Connection closed: address=10.0.0.1:1 datapathId=000000000000000a"))
                .hasSize(1);
        assertThat(shown("io.vlink.other", Level.WARNING, 1, i -> "lost")).hasSize(1);
    }

    @Test
    void limitsASourceWithVaryingWordsAndItsMemory() {
        // When
        List<String> shown = shown(CLIENT, Level.WARNING, MANY, FloodTest::inOtherWords);
        // Then
        assertThat(shown).hasSize(200);
        assertThat(flood.size()).isLessThanOrEqualTo(201);
        assertThat(aMinuteLater()).extracting(LeftOut::count).containsExactly(MANY - 200L);
        // Then: its next record may be of another kind
        assertThat(shown(CLIENT, Level.WARNING, 1, i -> "Fenced.")).hasSize(1);
    }

    /** Returns varying words of letters only. */
    private static String inOtherWords(int number) {
        StringBuilder word = new StringBuilder("word ");
        for (int rest = number; rest > 0; rest /= 26) {
            word.append((char) ('g' + rest % 13)).append((char) ('g' + rest % 26 / 13));
        }
        return word.toString();
    }

    @Test
    void allowsMoreNoticesThanWarnings() {
        assertThat(shown("io.vlink.gateway", Level.INFO, 1_000, i -> "Switch connected: " + i))
                .hasSize(200);
    }

    @Test
    void doesNotLimitSlowRecords() {
        for (int i = 0; i < 50; i++) {
            assertThat(shown(CLIENT, Level.WARNING, 10, n -> "lost")).hasSize(10);
            assertThat(aMinuteLater()).isEmpty();
        }
    }
}
