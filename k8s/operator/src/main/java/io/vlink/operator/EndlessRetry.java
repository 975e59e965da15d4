package io.vlink.operator;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;

/**
 * Retries a failed reconciliation without limit: after 250 ms, then after twice the last delay, up to 15 s.
 *
 * <p>The SDK's default gives up after five attempts. If the API server is away for a minute, all five fail, and the
 * resource would not be reconciled until its next change. Reconcilers set this retry themselves, because Quarkus'
 * extension does not read {@code @ControllerConfiguration(retry = ...)}.
 */
public final class EndlessRetry implements Retry {

    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 15_000;

    @Override
    public RetryExecution initExecution() {
        return new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(FIRST_MILLIS)
                .setIntervalMultiplier(2)
                .setMaxInterval(LONGEST_MILLIS)
                .initExecution();
    }
}
