package io.vlink.gateway.messaging;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the log is loaded and switches can connect. */
@Readiness
@Singleton
class GatewayReadiness implements HealthCheck {

    private final Gateway gateway;

    GatewayReadiness(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gateway")
                .withData("logLoaded", gateway.isServing())
                .withData("listening", gateway.isListening())
                .status(gateway.isServing() && gateway.isListening())
                .build();
    }
}
