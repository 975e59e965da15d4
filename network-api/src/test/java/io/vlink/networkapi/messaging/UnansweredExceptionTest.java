package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Which writes without an answer were surely not recorded. */
class UnansweredExceptionTest {

    @Test
    void isUndecidedOnlyIfTheDecisionNeverBegan() {
        assertThat(unanswered(new UndecidedException()).undecided()).isTrue();
        assertThat(unanswered(new CompletionException(new UndecidedException())).undecided())
                .isTrue();
        assertThat(unanswered(new TimeoutException()).undecided())
                .as("a forwarded request may be recorded by another instance")
                .isFalse();
        assertThat(unanswered(new CompletionException(new IllegalStateException("Kafka failed.")))
                        .undecided())
                .isFalse();
    }

    private static UnansweredException unanswered(Throwable cause) {
        return new UnansweredException(cause, null);
    }
}
