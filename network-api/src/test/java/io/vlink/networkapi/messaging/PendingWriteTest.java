package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.ResourceId;
import io.vlink.events.requests.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A request by REST expires while it waits for its turn, and not once its decision has begun. */
class PendingWriteTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void isNotDecidedAfterItsCallerWasTold() {
        // Given
        PendingWrite write = write(Duration.ZERO);

        // When
        await().until(write::isOver);

        // Then
        assertThat(write.begin()).isFalse();
        assertThat(write.answer()).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(UndecidedException.class);
    }

    @Test
    void isNotGivenBackOnceItIsDecided() {
        // Given
        PendingWrite write = write(LONG);

        // When
        boolean begun = write.begin();
        write.refuse();

        // Then
        assertThat(begun).isTrue();
        assertThat(write.answer()).isNotDone();
    }

    @Test
    void isNotDecidedOnceItIsGivenBack() {
        // Given
        PendingWrite write = write(LONG);

        // When
        write.refuse();

        // Then
        assertThat(write.begin()).isFalse();
        assertThat(write.answer()).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(OwnerLostException.class);
    }

    private static PendingWrite write(Duration deadline) {
        return new PendingWrite(new Request.WithdrawNode("", new ResourceId("default", "n"), null), deadline);
    }
}
