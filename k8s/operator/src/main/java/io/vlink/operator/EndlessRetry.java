package io.vlink.operator;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;

/**
 * Retries a failed reconciliation without limit: after 250 ms, then after twice the last delay, up to 15 s.
 *
 * <p>The SDK's default gives up after five attempts. An API server that is away for a minute outlasts those, and the
 * resource would then stay as it is until it changes. Reconcilers set this retry themselves, because Quarkus' extension
 * does not read {@code @ControllerConfiguration(retry = ...)}.
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
