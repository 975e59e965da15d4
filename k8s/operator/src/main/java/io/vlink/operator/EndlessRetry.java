package io.vlink.operator;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;

/**
 * A reconciliation that fails is tried again for as long as it takes: after 250 ms, then after twice as long each time, 15 s at most.
 *
 * <p>The SDK's own default gives up after five, which an API server that is away for a minute outlasts; the resource would then
 * stay as it is until it changes. (Quarkus' extension does not read {@code @ControllerConfiguration(retry = ...)}; reconcilers set this one.)
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
