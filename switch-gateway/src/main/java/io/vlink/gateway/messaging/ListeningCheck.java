package io.vlink.gateway.messaging;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Up while switches can connect, even if none has. */
@Readiness
@Startup
@Singleton
class ListeningCheck implements HealthCheck {

    private final Gateway gateway;

    ListeningCheck(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("openflow")
                .withData("listening", gateway.isListening())
                .withData("switches", gateway.connectedSwitches())
                .status(gateway.isListening())
                .build();
    }
}
