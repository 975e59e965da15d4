package io.vlink.path.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class NumberPoolTest {

    private static final Instant LATER = Instant.parse("2026-11-23T12:00:02Z");

    private static final String OWNER = "owner";

    private final NumberPool pool = new NumberPool(4);

    @Test
    void takesTheLowestNumberFirstUpToTheMaximum() {
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(3);
        assertThat(pool.available()).isEqualTo(1);
        assertThat(take()).isEqualTo(4);
        assertThat(pool.take(OWNER, number -> true)).isEmpty();
    }

    @Test
    void skipsClaimedNumbers() {
        assertThat(pool.claim("one", 1)).isTrue();
        assertThat(pool.claim("one", 3)).isTrue();
        assertThat(pool.claim("other", 3)).isFalse();

        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(4);
    }

    @Test
    void keepsANumberInQuarantine() {
        take();
        pool.quarantine(null, 1, LATER);
        assertThat(pool.isHeld(1)).isTrue();
        assertThat(take()).isEqualTo(2);
        assertThat(pool.firstOutOfQuarantine()).contains(LATER);
    }

    @Test
    void takesTheLongestReleasedNumberBeforeUnusedOnes() {
        // Given
        take();
        take();
        pool.quarantine(null, 2, LATER);
        pool.quarantine(null, 1, LATER);
        pool.release(2);
        pool.release(1);

        // Then
        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(3);
    }

    @Test
    void restoresTheOrderOfNumbersGivenBack() {
        // Given
        take();
        pool.quarantine(null, 1, LATER);
        pool.release(1);
        long released = take();
        long unused = take();

        // When
        pool.giveBack(unused);
        pool.giveBack(released);

        // Then
        assertThat(take()).isEqualTo(released);
        assertThat(take()).isEqualTo(unused);
    }

    @Test
    void keepsUnusableNumbersForLater() {
        assertThat(pool.take(OWNER, number -> number > 2)).hasValue(3);
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(4);
    }

    @Test
    void freesANumberHeldTwiceAfterBothHoldingsEnd() {
        assertThat(pool.claim("one", 1)).isTrue();
        assertThat(pool.claim("one", 1)).isTrue();

        pool.quarantine("one", 1, LATER);
        pool.release(1);
        assertThat(pool.isFreeFor("other", 1)).isFalse();
        assertThat(pool.isFreeFor("one", 1)).isTrue();
        pool.release(1);
        assertThat(pool.isFreeFor("other", 1)).isTrue();
    }

    @Test
    void keepsAQuarantineWithoutAnOwnerClosedToEverybody() {
        pool.claim("one", 1);
        pool.quarantine(null, 1, LATER);

        assertThat(pool.isFreeFor("one", 1)).isFalse();
    }

    @Test
    void describesTheNumbersLeft() {
        take();
        take();
        pool.quarantine(null, 1, LATER);

        assertThat(pool).hasToString("1 of 4 are taken, 1 are in quarantine until 2026-11-23T12:00:02Z");
    }

    private long take() {
        return pool.take(OWNER, number -> true).orElseThrow();
    }
}
