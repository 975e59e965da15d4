package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EndlessRetryTest {

    @Test
    void waitsLongerEachTimeAndNeverGivesUp() {
        RetryExecution execution = new EndlessRetry().initExecution();
        assertThat(LongStream.generate(() -> execution.nextDelay().orElseThrow())
                        .limit(1_000))
                .startsWith(250L, 250L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L)
                .endsWith(15_000L);
        assertThat(execution.isLastAttempt()).isFalse();
    }

    @Test
    void startsOverForEachFailure() {
        EndlessRetry retry = new EndlessRetry();
        retry.initExecution().nextDelay();
        assertThat(retry.initExecution().getAttemptCount()).isZero();
    }
}
