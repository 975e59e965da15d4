package io.vlink.networkapi.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class WaitersTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Waiters waiters = new Waiters();

    @Test
    void completeAtOnceIfTheConditionHolds() {
        assertThat(waiters.await("k", () -> true, Duration.ZERO)).isCompletedWithValue(true);
    }

    @Test
    void completeOnTheAwaitedChange() {
        // Given
        AtomicBoolean holds = new AtomicBoolean();
        CompletableFuture<Boolean> waiter = waiters.await("k", holds::get, LONG);

        // When
        waiters.changed("k");

        // Then
        assertThat(waiter).isNotDone();

        // When
        holds.set(true);
        waiters.changed("another");

        // Then
        assertThat(waiter).isNotDone();

        // When
        waiters.changed("k");

        // Then
        assertThat(waiter).isCompletedWithValue(true);
    }

    @Test
    void missNoChangeWhileBeingAdded() {
        AtomicInteger looks = new AtomicInteger();
        BooleanSupplier holdsAtTheSecondLook = () -> looks.incrementAndGet() > 1;

        assertThat(waiters.await("k", holdsAtTheSecondLook, LONG)).isCompletedWithValue(true);
    }

    @Test
    void completeWhenTheServiceStops() {
        CompletableFuture<Boolean> before = waiters.await("k", () -> false, LONG);

        waiters.drain(Duration.ofMillis(1));
        CompletableFuture<Boolean> after = waiters.await("k", () -> false, LONG);

        assertThat(before).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
        assertThat(after).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
    }

    @Test
    void giveUpAtTheDeadlineAndLeave() {
        // Given
        AtomicInteger looks = new AtomicInteger();

        // When
        CompletableFuture<Boolean> waiter = waiters.await(
                "k",
                () -> {
                    looks.incrementAndGet();
                    return false;
                },
                Duration.ofMillis(1));

        // Then
        assertThat(waiter).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);

        // When
        int before = looks.get();
        waiters.changed("k");

        // Then
        assertThat(looks).hasValue(before);
    }
}
