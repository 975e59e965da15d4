package io.vlink.networkapi.messaging;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the view is loaded and so is every partition that this instance owns. */
@Readiness
@Singleton
final class LogHealth implements HealthCheck {

    private final NetworkLog log;

    LogHealth(NetworkLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka")
                .status(log.isLoaded() && log.isServing())
                .withData("viewLoaded", log.isLoaded())
                .withData("recorderServing", log.isServing())
                .build();
    }
}
