package io.vlink.networkapi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.messaging.UnansweredException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A write without an answer tells what is known of its outcome. */
class FailuresTest {

    @Test
    void saysThatAWriteMayHaveBeenRecordedAndHowToFindOut() {
        // When: such as after it was forwarded to another instance, which has not answered
        Problem problem = Failures.problem(new UnansweredException(new TimeoutException(), null), "/v1/x");

        // Then
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.reason()).isEqualTo("OutcomeUnknown");
        assertThat(problem.detail())
                .startsWith("The write may have been recorded, or may be yet.")
                .contains("A PUT or DELETE without conditions may simply be repeated.", "GET shows", "If-Match");
    }
}
