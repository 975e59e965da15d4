package io.vlink.gateway.messaging;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Down while switches of this gateway are left alone because they were not set up from the data in Kafka. */
@Readiness
@Singleton
class PossessionCheck implements HealthCheck {

    private static final int NAMED = 5;

    private final Gateway gateway;

    PossessionCheck(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        var hindering = gateway.leftAlone().hindering(gateway.datapathIds());
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("possession")
                .withData("leftAlone", gateway.leftAlone().reasons().size())
                .status(hindering.isEmpty());
        hindering.entrySet().stream()
                .limit(NAMED)
                .forEach(one -> answer.withData(one.getKey().toString(), one.getValue()));
        return answer.build();
    }
}
