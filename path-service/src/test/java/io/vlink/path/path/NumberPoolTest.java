package io.vlink.path.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class NumberPoolTest {

    private static final Instant LATER = Instant.parse("2026-11-23T12:00:02Z");

    private final NumberPool pool = new NumberPool(4);

    @Test
    void givesTheLowestOutFirstAndEndsAtTheLargest() {
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(3);
        assertThat(pool.available()).isEqualTo(1);
        assertThat(take()).isEqualTo(4);
        assertThat(pool.take(number -> true)).isEmpty();
    }

    @Test
    void skipsWhatWasGivenOutBeforeItWasMade() {
        assertThat(pool.claim(1)).isTrue();
        assertThat(pool.claim(3)).isTrue();
        assertThat(pool.claim(3)).isFalse();

        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(4);
    }

    @Test
    void givesNothingOutThatRests() {
        take();
        pool.rest(1, LATER);
        assertThat(pool.isHeld(1)).isTrue();
        assertThat(take()).isEqualTo(2);
        assertThat(pool.firstRested()).contains(LATER);
    }

    @Test
    void givesTheLongestRestedOutBeforeTheNeverUsed() {
        take();
        take();
        pool.rest(2, LATER);
        pool.rest(1, LATER);
        pool.release(2);
        pool.release(1);

        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(3);
    }

    @Test
    void whatIsGivenBackWasNeverTaken() {
        take();
        pool.rest(1, LATER);
        pool.release(1);
        long rested = take();
        long unused = take();

        pool.giveBack(unused);
        pool.giveBack(rested);

        assertThat(take()).isEqualTo(rested);
        assertThat(take()).isEqualTo(unused);
    }

    @Test
    void passesOverWhatIsNotUsableWithoutLosingIt() {
        assertThat(pool.take(number -> number > 2)).hasValue(3);
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(4);
    }

    @Test
    void saysWhatIsLeft() {
        take();
        take();
        pool.rest(1, LATER);

        assertThat(pool).hasToString("1 of 4 are taken, 1 rest until 2026-11-23T12:00:02Z");
    }

    private long take() {
        return pool.take(number -> true).orElseThrow();
    }
}
