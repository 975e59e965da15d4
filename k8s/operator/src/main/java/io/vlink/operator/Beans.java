package io.vlink.operator;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Produces the beans that the whole operator shares. */
final class Beans {

    /** The shares of the lease after which renewal must have succeeded, and after which it is retried. */
    private static final int RENEW_NUMERATOR = 2;

    private static final int RENEW_DENOMINATOR = 3;
    private static final int RETRY_DENOMINATOR = 7;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Elects the one operator that reconciles. All operators admit pods. */
    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(OperatorConfig config) {
        Duration lease = config.operator().leaseDuration();
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("vlink-operator")
                .withLeaseNamespace(config.operator().namespace())
                .withLeaseDuration(lease)
                .withRenewDeadline(lease.multipliedBy(RENEW_NUMERATOR).dividedBy(RENEW_DENOMINATOR))
                .withRetryPeriod(lease.dividedBy(RETRY_DENOMINATOR))
                .build();
    }
}
