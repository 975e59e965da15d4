package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vlink.gateway.switches.entries.LinkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tracks the owners that wait for items of links, and which waits to report. */
class WaitingTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final LinkItem ONE = LinkItem.meter(65_537);
    private static final LinkItem OTHER = LinkItem.meter(65_538);

    private final Waiting waiting = new Waiting();

    @Test
    void returnsThePresentWaitersOfAnItem() {
        // When
        waiting.waits(id("a"), List.of(ONE, OTHER), NOW);
        waiting.waits(id("b"), List.of(ONE), NOW);

        // Then
        assertThat(waiting.of(ONE)).containsExactly(id("a"), id("b"));
        assertThat(waiting.of(OTHER)).containsExactly(id("a"));

        // When
        waiting.waits(id("a"), List.of(OTHER), NOW);
        waiting.ended(id("b"));

        // Then
        assertThat(waiting.of(ONE)).isEmpty();
        assertThat(waiting.of(OTHER)).containsExactly(id("a"));

        // When
        waiting.clear();

        // Then
        assertThat(waiting.of(OTHER)).isEmpty();
        assertThat(waiting.next()).isNull();
    }

    @Test
    void reportsTheLongestWaitsFirst() {
        waiting.waits(id("a"), List.of(ONE), NOW);
        waiting.waits(id("b"), List.of(ONE), NOW.plusSeconds(1));
        waiting.waits(id("c"), List.of(ONE), NOW.plusSeconds(2));
        waiting.ended(id("a"));

        assertThat(waiting.next()).isEqualTo(NOW.plusSeconds(6));
        assertThat(waiting.due(NOW.plusSeconds(6))).containsExactly(id("b"));
        assertThat(waiting.waits(id("b"), List.of(ONE), NOW.plusSeconds(6))).isTrue();
        assertThat(waiting.next()).isEqualTo(NOW.plusSeconds(7));
    }

    /** Takes less than a second if each step looks only at the owners concerned; hours if it looks at all that wait. */
    @Test
    void looksOnlyAtTheOwnersConcerned() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 100_000; i++) {
                // When
                LinkItem item = LinkItem.meter(65_537L + i);
                waiting.waits(id("n" + i), List.of(item), NOW);

                // Then
                assertThat(waiting.due(NOW).isEmpty()).isTrue();
                assertThat(waiting.next()).isNotNull();
                assertThat(waiting.of(item).size()).isEqualTo(1);
            }
        });
    }
}
